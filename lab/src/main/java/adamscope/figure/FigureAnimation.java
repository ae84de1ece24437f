package adamscope.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Figures one after the other as an animated SVG without a script: what all frames share is drawn once, the rest is
/// shown in turn (SMIL). A reader that does not animate shows the last frame.
public final class FigureAnimation {
    /// As in [FigureGif].
    private static final double SECONDS = 0.08;

    private static final double AT_THE_END = 2;

    private final int frames;
    private final double length;

    private FigureAnimation(int frames) {
        this.frames = frames;
        this.length = frames * SECONDS + AT_THE_END;
    }

    /// The text of the file.
    ///
    /// @param frames of one size, which differ in marks only
    public static String text(List<Figure> frames) {
        List<Element> drawn = frames.stream().map(FigureSvg::root).toList();
        new FigureAnimation(frames.size()).merge(drawn);
        return FigureSvg.serialised(drawn.getLast());
    }

    /// Makes one element of the same of each frame, in place of the last.
    private void merge(List<Element> same) {
        List<List<Node>> children = same.stream().map(FigureAnimation::children).toList();
        int least = children.stream().mapToInt(List::size).min().orElseThrow();
        int before = 0;
        while (before < least && alike(children, before, false)) {
            before++;
        }
        int after = 0;
        while (after < least - before && alike(children, after, true)) {
            after++;
        }
        int from = before;
        int to = after;
        List<List<Node>> own = children.stream()
                .map(nodes -> nodes.subList(from, nodes.size() - to))
                .toList();
        if (own.stream().allMatch(List::isEmpty)) {
            return;
        }
        if (own.stream().allMatch(nodes -> nodes.size() == 1 && nodes.getFirst() instanceof Element)) {
            List<Element> inner =
                    own.stream().map(nodes -> (Element) nodes.getFirst()).toList();
            if (inner.stream().allMatch(each -> sameOutside(each, inner.getLast()))) {
                merge(inner);
                return;
            }
        }
        Element into = same.getLast();
        Document document = into.getOwnerDocument();
        Node place = to == 0 ? null : children.getLast().get(children.getLast().size() - to);
        for (int frame = 0; frame < frames; frame++) {
            Element group = document.createElementNS(into.getNamespaceURI(), "g");
            group.setAttribute("visibility", frame == frames - 1 ? "visible" : "hidden");
            for (Node node : own.get(frame)) {
                group.appendChild(node.getOwnerDocument() == document ? node : document.importNode(node, true));
            }
            group.appendChild(turn(document, into.getNamespaceURI(), frame));
            into.insertBefore(group, place);
        }
    }

    private Element turn(Document document, String namespace, int frame) {
        Element turn = document.createElementNS(namespace, "animate");
        boolean last = frame == frames - 1;
        turn.setAttribute("attributeName", "visibility");
        turn.setAttribute("calcMode", "discrete");
        turn.setAttribute("dur", String.format(Locale.ROOT, "%.2fs", length));
        turn.setAttribute("repeatCount", "indefinite");
        List<String> values = new ArrayList<>();
        List<String> times = new ArrayList<>();
        if (frame > 0) {
            values.add("hidden");
            times.add("0");
        }
        values.add("visible");
        times.add(String.format(Locale.ROOT, "%.5f", frame * SECONDS / length));
        if (!last) {
            values.add("hidden");
            times.add(String.format(Locale.ROOT, "%.5f", (frame + 1) * SECONDS / length));
        }
        turn.setAttribute("values", String.join(";", values));
        turn.setAttribute("keyTimes", String.join(";", times));
        return turn;
    }

    private static List<Node> children(Element element) {
        List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            children.add(child);
        }
        return children;
    }

    private static boolean alike(List<List<Node>> children, int index, boolean fromEnd) {
        Node first = at(children.getFirst(), index, fromEnd);
        return children.stream().allMatch(nodes -> at(nodes, index, fromEnd).isEqualNode(first));
    }

    private static Node at(List<Node> nodes, int index, boolean fromEnd) {
        return nodes.get(fromEnd ? nodes.size() - 1 - index : index);
    }

    /// Equal but for what is inside.
    private static boolean sameOutside(Element a, Element b) {
        return a.cloneNode(false).isEqualNode(b.cloneNode(false));
    }
}
