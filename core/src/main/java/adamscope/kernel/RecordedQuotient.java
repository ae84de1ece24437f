package adamscope.kernel;

import adamscope.formula.Expression.BinaryOperation;

/// Where a program computes an observable that is a quotient.
///
/// @param numerator   position of the numerator in the program
/// @param denominator position of the denominator in the program
record RecordedQuotient(int numerator, int denominator) {

    /// The coupling ratio v/g² of the program, or null if it observes none.
    static RecordedQuotient in(StepProgram program) {
        if (!program.observed().contains(TileRun.COUPLING)) {
            return null;
        }
        int position = program.program().results()[program.resultOf(TileRun.COUPLING)];
        return program.program().values().get(position)
                                instanceof Program.Instruction.Two(BinaryOperation operation, int a, int b)
                        && operation == BinaryOperation.DIVIDE
                ? new RecordedQuotient(a, b)
                : null;
    }
}
