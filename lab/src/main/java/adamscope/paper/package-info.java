/// The papers' figures, tables and theorems computed anew, each with its claims.
///
/// Main types: [adamscope.paper.PaperFigure], one of them; [adamscope.paper.PaperFigures], the list;
/// [adamscope.paper.PaperPage], which runs one into a run folder and writes its page.
///
/// ```java
/// PaperFigure figure = PaperFigures.find("P1-fig5");
/// List<Table> tables = figure.measure(Effort.quiet(false));
/// List<Claim> claims = figure.claims(new Tables(name -> measured.get(name)));
/// ```
package adamscope.paper;
