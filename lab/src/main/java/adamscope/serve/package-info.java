/// The program behind its pages: a small server for the browser of one person.
///
/// Main types: [adamscope.serve.Server] (listens, and bounds what may come), [adamscope.serve.Gate] (who may ask),
/// [adamscope.serve.Site] (what is at which address).
///
/// ```java
/// try (Server server = Server.start(Path.of("runs"), "127.0.0.1", 0, program, host)) {
///     browse(server.address());
/// }
/// ```
package adamscope.serve;
