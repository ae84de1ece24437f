package adamscope.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How large a figure of a paper is run.
public enum Size {
    /// In minutes on two processors.
    DEFAULT,
    /// The paper's kind of task, in hours: the section `medium` of a file.
    MEDIUM,
    /// The paper's own numbers: the section `full` of a file.
    FULL;

    /// Those that are sections of files.
    static final List<Size> SECTIONS = List.of(MEDIUM, FULL);

    /// As it is written.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What the options `--size` and `--full` say together.
    ///
    /// @param written null: not given
    /// @throws IllegalArgumentException for another word, or if they say different things
    public static Size of(String written, boolean full) {
        if (written == null) {
            return full ? FULL : DEFAULT;
        }
        Size size = Arrays.stream(values())
                .filter(one -> one.word().equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--size " + written + ": there are "
                        + Arrays.stream(values()).map(Size::word).collect(Collectors.joining(", "))));
        if (full && size != FULL) {
            throw new IllegalArgumentException("--full is --size full, not --size " + written);
        }
        return size;
    }
}
