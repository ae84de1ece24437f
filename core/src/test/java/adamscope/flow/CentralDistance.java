package adamscope.flow;

import adamscope.dynamics.ClosedMap;
import adamscope.table.Table;

/// How far a central flow is from the run that it describes: a meter of how much it can be trusted.
///
/// The run is smoothed by ¼, ½, ¼ over three steps, which removes an oscillation of period two.
///
/// @param distance largest distance between smoothed run and central flow
/// @param plain    the same for the rule's flow without oscillation
/// @param way      largest distance of the smoothed run from its start
/// @param outcome  how the central flow ended; distances are over the time it reached
record CentralDistance(double distance, double plain, double way, FlowOutcome outcome) {

    /// Measures it up to a time (ηt).
    public static CentralDistance of(CentralFlow central, double time) {
        FlowDistance.Course course = new FlowDistance.Course(central.objective(), central.x0(), central.start(), time);
        Table run = FlowDistance.iteration(central.rule(), central.values(), course);
        double[][] smoothed = FlowComparison.smoothed(FlowDistance.columns(central.objective(), run));
        double[] times = new double[smoothed[0].length];
        for (int row = 0; row < times.length; row++) {
            times[row] = row * central.values().get("lr");
        }
        FlowTrajectory solution = central.run(times);
        Table plain = plain(central, times);
        double way = 0;
        for (int row = 0; row < times.length; row++) {
            double square = 0;
            for (double[] coordinate : smoothed) {
                square += Math.pow(coordinate[row] - coordinate[0], 2);
            }
            way = Math.max(way, Math.sqrt(square));
        }
        return new CentralDistance(
                FlowDistance.largestDistance(central.objective(), smoothed, solution.table()),
                FlowDistance.largestDistance(central.objective(), smoothed, plain),
                way,
                solution.outcome());
    }

    private static Table plain(CentralFlow central, double[] times) {
        ClosedMap.Start start = central.start();
        return new FlowRun(Flow.Limit.of(central.rule(), central.values()), central.objective(), central.x0(), start)
                .run(times)
                .table();
    }

    /// The distance in parts of the way: near 0 trust it, near 1 do not.
    public double relative() {
        return distance / way;
    }
}
