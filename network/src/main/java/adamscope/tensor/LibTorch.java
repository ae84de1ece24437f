package adamscope.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/// The native library behind tensors: whether it is there, its version, its threads.
///
/// Nothing is loaded before the first call that needs it.
public final class LibTorch {

    /// What a look at the native library found.
    public sealed interface Availability {
        /// Loaded and usable.
        ///
        /// @param version of libtorch, such as `2.10.0`
        /// @param cuda    whether it sees a CUDA device
        record Present(String version, boolean cuda) implements Availability {}

        /// Not usable.
        ///
        /// @param reason what is missing
        /// @param remedy what mends it
        record Missing(String reason, String remedy) implements Availability {}
    }

    private static final String UNPACKED = "it is unpacked once, about 450 MB below "
            + Path.of(System.getProperty("user.home"), ".javacpp") + "; make room there, or name another folder with"
            + " ADAMSCOPE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";

    /// What was loaded; null until then, since what was missing may come.
    private static volatile Availability.Present loaded;

    private LibTorch() {}

    /// Loads the native library if need be and says what it is, or why it cannot be used.
    public static Availability availability() {
        Availability.Present known = loaded;
        if (known != null) {
            return known;
        }
        try {
            UnpackedLibraries.load(torch.class);
            ProcessEnd.guard();
            try (BytePointer text = torch.show_config()) {
                Matcher version = Pattern.compile("TORCH_VERSION=([0-9.]+)").matcher(text.getString());
                known = new Availability.Present(
                        version.find() ? version.group(1) : "unknown", torch.cuda_is_available());
                loaded = known;
                return known;
            }
        } catch (IOException | UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            Throwable root = root(e);
            return new Availability.Missing(
                    "libtorch for " + Loader.getPlatform() + " cannot be loaded: " + root.getMessage(),
                    root instanceof IOException
                            ? UNPACKED
                            : "put pytorch, openblas and javacpp of this platform on the class path: build with "
                                    + "-Dnative.platform=" + Loader.getPlatform());
        }
    }

    /// Loads the native library.
    ///
    /// @throws UncheckedIOException if it is missing, with what mends it
    public static void require() {
        switch (availability()) {
            case Availability.Present _ -> {}
            case Availability.Missing(String reason, String remedy) ->
                throw new UncheckedIOException(reason + "; " + remedy, new IOException(reason));
        }
    }

    /// Threads inside one operation, for libtorch's own kernels and for its BLAS alike, in the whole process.
    ///
    /// One is the default of every run: several runs side by side use a machine better, and sums keep their order.
    public static void useThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + " is outside [1, inf)");
        }
        torch.set_num_threads(threads);
        openblas.blas_set_num_threads(threads);
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
