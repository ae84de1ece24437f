/// Reports for people: a [adamscope.report.Report] is data, a list of [adamscope.report.Section]s, among them the
/// [adamscope.report.Claim]s that were checked; [adamscope.report.ReportHtml] writes one page that needs nothing else.
///
/// {@snippet :
/// Report report = new Report(
///         "Adam on x⁴/4",
///         "Three runs, one in each regime.",
///         List.of(
///                 new Section.FigureSection("Loss", figure, "The loss of each run."),
///                 new Section.Claims("Claims", claims)));
/// Files.writeString(folder.resolve("report.html"), ReportHtml.text(report));
/// }
package adamscope.report;
