package adamscope.cli;

import adamscope.kernel.VectorUnit;
import adamscope.store.Parquet;
import adamscope.tensor.LibTorch;
import adamscope.text.FileReason;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Whether this machine has what the program needs.
///
/// @param name   what was looked at
/// @param needed whether the program cannot do its work without it
/// @param ok     whether it is there
/// @param found  what is there
/// @param mend   the command or setting that mends it; empty where all is well
record Checkup(String name, boolean needed, boolean ok, String found, String mend) {
    private static final int JDK = 25;
    private static final double HEAP_GB = 0.5;
    private static final double DISK_GB = 1;
    private static final String FONT = "DejaVu Sans";
    private static final String ELSEWHERE =
            ", or work elsewhere (temporary files: ADAMSCOPE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR)";

    /// Looks at everything; loads libtorch, DuckDB and the fonts.
    static List<Checkup> all() {
        List<Checkup> needed = List.of(
                jdk(),
                vectors(),
                libtorch(),
                duckdb(),
                fonts(),
                threads(),
                memory(),
                disk("disk, working folder", Path.of("").toAbsolutePath()),
                disk("disk, temporary files", Path.of(System.getProperty("java.io.tmpdir"))));
        return Stream.concat(needed.stream(), ExtraCheckups.all().stream()).toList();
    }

    private static Checkup jdk() {
        return new Checkup(
                        "JDK",
                        true,
                        Runtime.version().feature() >= JDK,
                        System.getProperty("java.vendor") + " " + Runtime.version(),
                        "install a JDK " + JDK + ", for example apt-get install openjdk-" + JDK
                                + "-jdk-headless, or sdk install java " + JDK + "-tem")
                .settled();
    }

    private static Checkup vectors() {
        OptionalInt doubles = VectorUnit.doubles();
        return new Checkup(
                        "vector module",
                        true,
                        doubles.isPresent(),
                        doubles.isPresent() ? registers(doubles.getAsInt()) : "not loaded",
                        "start with bin/adamscope, or give java " + VectorUnit.LATE)
                .settled();
    }

    /// With the name of the instructions on x86.
    private static String registers(int doubles) {
        String name = !System.getProperty("os.arch").equals("amd64")
                ? ""
                : doubles == 8 ? " (AVX-512)" : doubles == 4 ? " (AVX2)" : " (neither AVX2 nor AVX-512)";
        return doubles + " doubles in a register" + name;
    }

    private static Checkup libtorch() {
        return switch (LibTorch.availability()) {
            case LibTorch.Availability.Present(String version, boolean cuda) ->
                new Checkup(
                        "libtorch", true, true, version + (cuda ? ", sees a CUDA device" : ", on the processor"), "");
            case LibTorch.Availability.Missing(String reason, String remedy) ->
                new Checkup("libtorch", true, false, reason, remedy);
        };
    }

    private static Checkup duckdb() {
        try {
            return new Checkup("DuckDB", true, true, Parquet.engineVersion(), "");
        } catch (UncheckedIOException | LinkageError e) {
            return new Checkup(
                    "DuckDB",
                    true,
                    false,
                    e.getMessage(),
                    "its library is unpacked into the folder for temporary files: that needs 100 MB of space and must"
                            + " allow execution; choose another with ADAMSCOPE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR");
        }
    }

    private static Checkup fonts() {
        String mend = "apt-get install fontconfig fonts-dejavu-core";
        try {
            String[] families =
                    GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
            boolean best = Arrays.asList(families).contains(FONT);
            String found = families.length + " families, " + (best ? "with " : "without ") + FONT;
            return families.length > 0 && !best
                    ? new Checkup("fonts", false, false, found + "; charts use another font", mend)
                    : new Checkup("fonts", true, best, found, mend).settled();
        } catch (LinkageError | RuntimeException e) {
            return new Checkup("fonts", true, false, "cannot be read: " + e.getMessage(), mend);
        }
    }

    private static Checkup threads() {
        int threads = Runtime.getRuntime().availableProcessors();
        return new Checkup("threads", true, true, Integer.toString(threads), "");
    }

    private static Checkup memory() {
        double heap = Runtime.getRuntime().maxMemory() * 1e-9;
        return new Checkup(
                        "memory",
                        true,
                        heap >= HEAP_GB,
                        gigabytes(heap) + " for Java",
                        "ADAMSCOPE_JAVA_OPTIONS=-Xmx1g gives Java 1 GB")
                .settled();
    }

    static Checkup disk(String name, Path folder) {
        try {
            double free = Files.getFileStore(folder).getUsableSpace() * 1e-9;
            boolean writable = Files.isWritable(folder);
            return new Checkup(
                            name,
                            true,
                            writable && free >= DISK_GB,
                            gigabytes(free) + " free in " + folder + (writable ? "" : ", not writable"),
                            (writable ? "free " + gigabytes(DISK_GB) + " in " : "let this user write in ")
                                    + folder
                                    + ELSEWHERE)
                    .settled();
        } catch (IOException e) {
            return new Checkup(name, true, false, folder + ": " + FileReason.of(e), "make the folder" + ELSEWHERE);
        }
    }

    /// Without the remedy where none is needed.
    private Checkup settled() {
        return ok ? new Checkup(name, needed, true, found, "") : this;
    }

    private static String gigabytes(double size) {
        return String.format(Locale.ROOT, "%.1f GB", size);
    }
}
