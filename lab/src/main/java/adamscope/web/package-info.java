/// Pages that stand alone, each one file.
///
/// Main types: [adamscope.web.Handbook], made of the Markdown files in `docs`; [adamscope.web.ExplorerPage], which
/// computes.
///
/// ```java
/// String html = Handbook.html();
/// ```
package adamscope.web;
