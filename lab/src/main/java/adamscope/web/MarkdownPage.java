package adamscope.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// One file of `docs`, parsed.
///
/// @param path below `docs`, such as `howto/spikes.md`
/// @param node its text
public record MarkdownPage(String path, Node node) {
    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final Pattern NAVIGATION = Pattern.compile("\\A<!-- nav -->\\R.*\\R\\R");
    private static final Pattern RAW_ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

    /// A page; the line of links on its top is left out.
    public static MarkdownPage read(String path, String markdown) {
        return new MarkdownPage(path, PARSER.parse(withoutNavigation(markdown)));
    }

    /// A page as its author wrote it.
    public static String withoutNavigation(String markdown) {
        return NAVIGATION.matcher(markdown).replaceFirst("");
    }

    /// The words of the first heading.
    public String title() {
        return headings().keySet().stream().findFirst().map(MarkdownPage::words).orElse(path);
    }

    /// What a link of another page may point at, as GitHub makes it of headings.
    public List<String> anchors() {
        List<String> anchors = new ArrayList<>(headings().values());
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlInline inline) {
                RAW_ANCHOR.matcher(inline.getLiteral()).results().forEach(found -> anchors.add(found.group(1)));
            }
        });
        return anchors;
    }

    /// Where the page's links and pictures point, as written.
    public List<String> targets() {
        List<String> targets = new ArrayList<>();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                targets.add(link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                targets.add(image.getDestination());
            }
        });
        return targets;
    }

    /// A target of this page below `docs`, without `.` and `..` where it can be: `../rules.md#names` of a page in a
    /// folder is `rules.md#names`.
    public String resolved(String target) {
        Path folder = Path.of(path).getParent();
        return target.startsWith("#")
                ? path + target
                : (folder == null ? Path.of(target) : folder.resolve(target))
                        .normalize()
                        .toString()
                        .replace('\\', '/');
    }

    /// The anchor of each heading, in order.
    Map<Node, String> headings() {
        Map<Node, String> anchors = new java.util.LinkedHashMap<>();
        Map<String, Integer> taken = new HashMap<>();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String slug = slug(words(heading));
                int before = taken.merge(slug, 1, Integer::sum) - 1;
                anchors.put(heading, before == 0 ? slug : slug + "-" + before);
            }
        });
        return anchors;
    }

    private static String slug(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String words(Node heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }
}
