package adamscope.report;

import adamscope.figure.Figure;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A part of a report. All texts are plain: the renderer escapes them. An empty heading continues the part above.
public sealed interface Section {
    /// The heading, or an empty text.
    String heading();

    /// Paragraphs of text.
    record Prose(String heading, List<String> paragraphs) implements Section {
        public Prose {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /// A typeset formula: a MathML element `math`, and a line that says what it is.
    record Formula(String heading, String mathml, String caption) implements Section {
        public Formula {
            requireMath(mathml);
        }
    }

    /// A figure with its caption.
    record FigureSection(String heading, Figure figure, String caption) implements Section {}

    /// A picture in a file.
    ///
    /// @param file relative to the page
    record Picture(String heading, String file, String caption) implements Section {
        public Picture {
            requireRelative(file);
        }
    }

    /// A table; every row has one cell for each column, columns carry their unit in the name.
    record TableSection(String heading, String caption, List<String> columns, List<List<String>> rows)
            implements Section {
        public TableSection {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<String> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("table '" + caption + "': a row has " + row.size()
                            + " cells, the table " + columns.size() + " columns");
                }
            }
        }
    }

    /// Claims of papers with what was measured.
    record Claims(String heading, List<Claim> claims) implements Section {
        public Claims {
            claims = List.copyOf(claims);
        }
    }

    /// Names with values, such as the provenance of a run.
    record KeyValues(String heading, List<KeyValue> entries) implements Section {
        public KeyValues {
            entries = List.copyOf(entries);
        }
    }

    /// A table whose rows lead to other pages.
    record Links(String heading, List<String> columns, List<Link> rows) implements Section {
        public Links {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            for (Link row : rows) {
                if (row.cells().size() + 1 != columns.size()) {
                    throw new IllegalArgumentException("link '" + row.text() + "' has "
                            + row.cells().size() + " cells after it, the table " + columns.size() + " columns");
                }
            }
        }
    }

    /// A row of [Links].
    ///
    /// @param text  the first cell
    /// @param href  where it leads, relative to the page; empty: nowhere
    /// @param cells the other cells
    record Link(String text, String href, List<String> cells) {
        public Link {
            cells = List.copyOf(cells);
            requireRelative(href);
        }
    }

    /// The way to the explorer with what stands above.
    ///
    /// @param there whether the page lies in the folder
    /// @param ways  what it begins with, by name; the name is empty where there is but one
    record Explorer(boolean there, Map<String, ExplorerState> ways) implements Section {
        public Explorer {
            ways = Collections.unmodifiableMap(new LinkedHashMap<>(ways));
        }

        @Override
        public String heading() {
            return "";
        }
    }

    /// A name with its value.
    record KeyValue(String key, String value) {}

    /// The elements that [adamscope.formula.MathMl] and [adamscope.optimizer.RuleFormulas] write.
    List<String> ELEMENTS =
            List.of("math", "mtable", "mtr", "mtd", "mrow", "mi", "mn", "mo", "msub", "msup", "mfrac", "msqrt");

    /// Their attributes.
    List<String> ATTRIBUTES = List.of("display", "columnalign", "stretchy");

    private static void requireRelative(String path) {
        if (!path.matches("([A-Za-z0-9._-][A-Za-z0-9._/-]*)?")) {
            throw new IllegalArgumentException("href '" + path + "': a relative path is allowed");
        }
    }

    /// Formulas enter the page as markup, so nothing but MathML may pass.
    private static void requireMath(String mathml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Element root =
                    builder.parse(new InputSource(new StringReader(mathml))).getDocumentElement();
            if (!root.getTagName().equals("math")) {
                throw new IllegalArgumentException("formula: <" + root.getTagName() + ">, <math> is allowed");
            }
            requireOnlyMath(root);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("this Java cannot parse XML", e);
        } catch (SAXException e) {
            throw new IllegalArgumentException("formula is no well-formed MathML: " + e.getMessage(), e);
        }
    }

    /// Elements and text only: a comment, a processing instruction or a CDATA section ends elsewhere for HTML than for
    /// XML, and what stands between the two ends would be markup.
    private static void requireOnlyMath(Element element) {
        if (!ELEMENTS.contains(element.getTagName())) {
            throw new IllegalArgumentException("formula: <" + element.getTagName() + "> is not one of " + ELEMENTS);
        }
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            if (!ATTRIBUTES.contains(name)) {
                throw new IllegalArgumentException("formula: attribute " + name + " is not one of " + ATTRIBUTES);
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> requireOnlyMath((Element) child);
                case Node.TEXT_NODE -> {}
                default -> throw new IllegalArgumentException("formula: elements and text are allowed, not " + child);
            }
        }
    }
}
