/// Text that came from outside, made fit to stand in messages and in pages.
///
/// Main types: [adamscope.text.Foreign], for messages; [adamscope.text.Markup], for pages and drawings.
///
/// {@snippet class="adamscope.text.ForeignTest" region="message"}
package adamscope.text;
