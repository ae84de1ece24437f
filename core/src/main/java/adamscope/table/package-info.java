/// The one shape of results.
///
/// Main types: [adamscope.table.Table], named columns of equal length; [adamscope.table.Column], numbers, integers or
/// words. There is no third.
///
/// ```java
/// double[] loss = table.numbers("log10Loss");
/// ```
package adamscope.table;
