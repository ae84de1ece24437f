package adamscope.inspection;

/// Where positive numbers lie: 5 %, half and 95 % of them are below these; NaN if there are none.
public record Spread(double low, double median, double high) {}
