package adamscope.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/// All documents as one page that reads without a network: texts, pictures and style inside it.
///
/// The pages are those that `docs/index.md` links to, in its order, which is also the order of the menu.
public final class Handbook {
    private static final String HOME = "index.md";
    private static final String PLACE = "/adamscope/handbook/";

    private final Map<String, MarkdownPage> pages = new LinkedHashMap<>();

    private Handbook() {
        add(HOME);
        pages.get(HOME).targets().stream()
                .map(target -> target.replaceFirst("#.*", ""))
                .filter(Handbook::isPage)
                .forEach(this::add);
    }

    /// The page.
    public static String html() {
        return new Handbook().written();
    }

    private static boolean isPage(String target) {
        return target.endsWith(".md") && !target.startsWith("..") && !target.contains("://");
    }

    private void add(String path) {
        pages.computeIfAbsent(
                path, name -> MarkdownPage.read(name, new String(resource(PLACE + name), StandardCharsets.UTF_8)));
    }

    private String written() {
        StringBuilder body = new StringBuilder();
        pages.values()
                .forEach(page ->
                        body.append("<section id=\"" + key(page.path()) + "\">\n" + rendered(page) + "</section>\n"));
        String menu = menu();
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Adamscope</title>
            <style>
            %s</style>
            </head>
            <body>
            <nav aria-label="Pages">
            <details><summary>Adamscope</summary>
            %s</details>
            <div class="side"><p><b>Adamscope</b></p>
            %s</div>
            </nav>
            <main>
            %s</main>
            </body>
            </html>
            """.replace(
                        "%s</style>",
                        new String(resource("/adamscope/web/handbook.css"), StandardCharsets.UTF_8) + "</style>")
                .replace("%s</details>", menu + "</details>")
                .replace("%s</div>", menu + "</div>")
                .replace("%s</main>", body + "</main>");
    }

    private String menu() {
        StringBuilder items = new StringBuilder("<ul>\n");
        pages.values()
                .forEach(page -> items.append(
                        "<li><a href=\"#" + key(page.path()) + "\">" + escaped(page.title()) + "</a></li>\n"));
        return items.append("</ul>\n").toString();
    }

    private String rendered(MarkdownPage page) {
        Map<Node, String> anchors = page.headings();
        return HtmlRenderer.builder()
                .extensions(MarkdownPage.EXTENSIONS)
                .attributeProviderFactory(_ -> (node, _, attributes) -> {
                    switch (node) {
                        case Heading heading -> attributes.put("id", key(page.path()) + "--" + anchors.get(heading));
                        case Link link -> pointed(page, link.getDestination(), attributes);
                        case Image image -> attributes.put("src", embedded(page.resolved(image.getDestination())));
                        // focusable, so that it scrolls by keyboard too
                        case FencedCodeBlock _, IndentedCodeBlock _ -> attributes.put("tabindex", "0");
                        default -> {}
                    }
                })
                .build()
                .render(page.node())
                .replace("<a id=\"", "<a id=\"" + key(page.path()) + "--");
    }

    /// A link to another page is one inside this page; to a file of the program, which lies elsewhere, it is none.
    private void pointed(MarkdownPage page, String target, Map<String, String> attributes) {
        if (target.contains("://")) {
            return;
        }
        String[] parts = page.resolved(target).split("#", 2);
        if (pages.containsKey(parts[0])) {
            attributes.put("href", "#" + key(parts[0]) + (parts.length > 1 ? "--" + parts[1] : ""));
        } else {
            attributes.remove("href");
            attributes.put("title", "a file of the program: " + parts[0].replaceFirst("^(\\.\\./)+", ""));
        }
    }

    private static String key(String path) {
        return path.replaceFirst("\\.md$", "").replace('/', '-');
    }

    private static String embedded(String picture) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(resource(PLACE + picture));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static byte[] resource(String name) {
        try (InputStream file = Handbook.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its document " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
