/// The documents as a page.
///
/// Main type: [adamscope.web.Handbook], made of the Markdown files in `docs`.
///
/// ```java
/// String html = Handbook.html();
/// ```
package adamscope.web;
