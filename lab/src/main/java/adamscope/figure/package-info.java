/// Figures of results: a [adamscope.figure.Figure] is data, [adamscope.figure.Panel]s with [adamscope.figure.Mark]s on
/// [adamscope.figure.PanelAxis] pairs; [adamscope.figure.FigureSvg] and [adamscope.figure.FigurePng] draw it.
///
/// {@snippet :
/// Figure loss = Figure.of(
///         "loss",
///         "The loss falls by the predicted factor each step",
///         Panel.of("Loss", Axis.linear("step"), Axis.log10Values("loss"), Mark.line("run", step, log10Loss)));
/// Files.writeString(folder.resolve("loss.svg"), FigureSvg.text(loss));
/// Files.write(folder.resolve("loss.png"), FigurePng.bytes(loss));
/// }
package adamscope.figure;
