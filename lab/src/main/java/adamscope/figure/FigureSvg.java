package adamscope.figure;

import adamscope.text.Foreign;
import java.awt.Font;
import java.awt.Image;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Comment;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// A figure as SVG: one self-contained element, the same bytes for the same figure, every identifier prefixed with the
/// figure's, so that several fit into one page.
public final class FigureSvg {
    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final String XLINK = "http://www.w3.org/1999/xlink";
    private static final String BEGIN = "<svg";
    private static final String END = "</svg>";
    private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

    private FigureSvg() {}

    /// The whole figure.
    public static String text(Figure figure) {
        return text(figure, panels(figure));
    }

    /// The whole figure, of panels that were drawn before.
    ///
    /// @param panels see [#panels(Figure)]
    public static String text(Figure figure, List<String> panels) {
        FigureDrawing drawing = FigureDrawing.of(figure);
        SVGGraphics2D graphics = graphics();
        drawing.drawTitle(graphics, new Rectangle(drawing.width(), drawing.height()));
        String frame = serialised(
                graphics, drawing.width(), drawing.height(), figure.id(), figure.title(), figure.description());
        StringBuilder text = new StringBuilder(frame).delete(frame.length() - END.length(), frame.length());
        for (int i = 0; i < panels.size(); i++) {
            Point place = drawing.place(i);
            text.append(BEGIN + " x=\"" + place.x + "\" y=\"" + place.y + "\"")
                    .append(panels.get(i), BEGIN.length(), panels.get(i).length());
        }
        return text.append(END).toString();
    }

    /// The whole figure as an element.
    static Element root(Figure figure) {
        FigureDrawing drawing = FigureDrawing.of(figure);
        SVGGraphics2D graphics = graphics();
        drawing.draw(graphics);
        return root(graphics, drawing.width(), drawing.height(), figure.id(), figure.title(), figure.description());
    }

    /// The figure drawn into an area, of another size on paper.
    static String text(Figure figure, Rectangle2D area, FigureFile.PaperSize size) {
        SVGGraphics2D graphics = graphics();
        FigureDrawing.of(figure).draw(graphics, area);
        int width = (int) Math.ceil(area.getWidth());
        int height = (int) Math.ceil(area.getHeight());
        return serialised(graphics, width, height, figure.id(), figure.title(), figure.description())
                .replaceFirst(" width=\"" + width + "\"", " width=\"" + points(size.width()) + "\"")
                .replaceFirst(" height=\"" + height + "\"", " height=\"" + points(size.height()) + "\"");
    }

    private static String points(double length) {
        return String.format(Locale.ROOT, "%.2fpt", length);
    }

    /// Every panel as an SVG of its own, for pages that reflow; the figure's title is left to the page.
    public static List<String> panels(Figure figure) {
        FigureDrawing drawing = FigureDrawing.of(figure);
        var area = new Rectangle(Look.PANEL_WIDTH, Look.PANEL_HEIGHT);
        return IntStream.range(0, figure.panels().size())
                .mapToObj(index -> {
                    SVGGraphics2D graphics = graphics();
                    drawing.drawPanel(graphics, index, area);
                    String id = figure.id() + "-" + (index + 1);
                    String description = figure.panels().get(index).title() + ": " + figure.description();
                    return serialised(graphics, area.width, area.height, id, "", description);
                })
                .toList();
    }

    private static SVGGraphics2D graphics() {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java has no XML parser", e);
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(2);
        context.setImageHandler(new EmbeddedPng());
        return new SVGGraphics2D(context, false);
    }

    private static String serialised(
            SVGGraphics2D graphics, int width, int height, String id, String title, String description) {
        return serialised(root(graphics, width, height, id, title, description));
    }

    private static Element root(
            SVGGraphics2D graphics, int width, int height, String id, String title, String description) {
        Element root = graphics.getRoot();
        Document document = root.getOwnerDocument();
        for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Comment comment) {
                comment.setData(" " + id + " ");
            }
        }
        prefixIdentifiers(root, id + "-");
        fixText(root, new Type("DejaVu Sans", 12, Font.PLAIN));
        root.setAttribute("width", Integer.toString(width));
        root.setAttribute("height", Integer.toString(height));
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", Foreign.visible(description.isEmpty() ? title : description));
        if (!title.isEmpty()) {
            Element name = document.createElementNS(SVG, "title");
            name.setTextContent(Foreign.visible(title));
            root.insertBefore(name, root.getFirstChild());
        }
        return root;
    }

    static String serialised(Element root) {
        StringWriter text = new StringWriter();
        try {
            var transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.setOutputProperty(OutputKeys.INDENT, "no");
            transformer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("the drawing cannot be written as XML", e);
        }
        return text.toString();
    }

    private static void prefixIdentifiers(Node node, String prefix) {
        if (node instanceof Element element) {
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                String value = attribute.getNodeValue();
                if (attribute.getNodeName().equals("id")) {
                    attribute.setNodeValue(prefix + value);
                } else if (value.startsWith("#") && attribute.getNodeName().endsWith("href")) {
                    attribute.setNodeValue("#" + prefix + value.substring(1));
                } else if (value.contains("url(#")) {
                    attribute.setNodeValue(value.replace("url(#", "url(#" + prefix));
                }
            }
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            prefixIdentifiers(child, prefix);
        }
    }

    /// The type in force at an element.
    private record Type(String family, float size, int style) {
        Type within(Element element) {
            String ownSize = element.getAttribute("font-size");
            String weight = element.getAttribute("font-weight");
            String slant = element.getAttribute("font-style");
            int bold = weight.isEmpty() ? style & Font.BOLD : weight.equals("bold") ? Font.BOLD : 0;
            int italic = slant.isEmpty() ? style & Font.ITALIC : slant.equals("italic") ? Font.ITALIC : 0;
            return new Type(
                    family, ownSize.isEmpty() ? size : Float.parseFloat(ownSize.replace("px", "")), bold | italic);
        }

        double width(String text) {
            return new Font(family, style, 1)
                    .deriveFont(size)
                    .getStringBounds(text, METRICS)
                    .getWidth();
        }
    }

    /// Names fonts that every reader's machine has one of, and fixes the length of every text, so that labels stay
    /// where the layout put them in any of these fonts.
    private static void fixText(Element element, Type outer) {
        Type type = outer.within(element);
        if (element.hasAttribute("font-family")) {
            element.setAttribute("font-family", "'DejaVu Sans', Verdana, Roboto, sans-serif");
        }
        if (element.getTagName().equals("text")) {
            element.setTextContent(Foreign.visible(element.getTextContent()));
            element.setAttribute(
                    "textLength", String.format(Locale.ROOT, "%.1f", type.width(element.getTextContent())));
            element.setAttribute("lengthAdjust", "spacingAndGlyphs");
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                fixText(inner, type);
            }
        }
    }

    /// Writes pictures into the drawing instead of beside it, without smoothing.
    private static final class EmbeddedPng extends DefaultImageHandler {
        @Override
        protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
            handleHREF((RenderedImage) image, element, context);
        }

        @Override
        protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
            String bytes = Base64.getEncoder().encodeToString(FigurePng.bytes((BufferedImage) image));
            element.setAttributeNS(XLINK, "xlink:href", "data:image/png;base64," + bytes);
            element.setAttribute("style", "image-rendering:pixelated");
        }
    }
}
