package adamscope.data;

import adamscope.tensor.Place;

/// Where the samples of a training come from: everything that an experiment file says about its data.
public sealed interface DataSource permits ImageSource, TextSource, ParallelText, TableSource, ArraySource, SineSum {

    /// Reads or generates the samples.
    ///
    /// @throws IllegalArgumentException for files that are missing, damaged or do not fit; the message names file,
    /// place
    ///                                  and what was expected there
    DataSet read(Place place);
}
