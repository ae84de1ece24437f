package adamscope.text;

/// Text inside markup.
public final class Markup {
    private Markup() {}

    /// The text as the content of an element or of an attribute in quotes, in XML and in HTML.
    public static String text(String text) {
        return Foreign.visible(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
