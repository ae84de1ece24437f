package adamscope.kernel;

/// A row of numbers in memory, and sums over stretches of it: Σx, Σx² and Σ(x − y)².
///
