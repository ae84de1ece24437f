package adamscope.data;

import adamscope.text.FileReason;
import adamscope.text.Listing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A public set of data as it is distributed, in a folder of the user: `cifar=DIR`. A source that asks for samples of
/// that kind gets them from there, as many and scaled as it says.
///
/// @param place the folder, of a text the file
public record DataFolder(Kind kind, Path place) {
    private static final int CIFAR_SIDE = 32;
    private static final int IMAGENET_RESIZE = 256;
    private static final int IMAGENET_SIDE = 224;

    /// Lines of a corpus that are read for a source that takes only the first samples.
    private static final int LINES = 100_000;

    /// What can be given, with where it comes from.
    public enum Kind {
        CIFAR("CIFAR-10 or CIFAR-100: the binary or the Python version of https://www.cs.toronto.edu/~kriz/cifar.html,"
                + " or images in train/CLASS/ or CLASS/"),
        MNIST("MNIST or Fashion-MNIST: train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not"),
        IMAGENET("ImageNet, or any images: train/CLASS/ and val/CLASS/, or CLASS/"),
        WMT("a translation corpus: two files of aligned lines, such as train.en and train.de"),
        TEXT("a plain text: one file");

        private final String from;

        Kind(String from) {
            this.from = from;
        }

        /// As it is written before `=`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// What it is and what has to lie there.
        public String from() {
            return from;
        }
    }

    /// Whether a text is one: `cifar=DIR`, in contrast to the name of a file.
    public static boolean isOne(String written) {
        return written.matches("[A-Za-z0-9-]+=.*");
    }

    /// The one that a text names.
    ///
    /// @throws IllegalArgumentException if there is no such kind, or nothing where it points to
    public static DataFolder of(String written) {
        String word = written.substring(0, written.indexOf('='));
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--data " + written + ": no '" + word + "'; there are "
                        + Arrays.stream(Kind.values())
                                .map(one -> one.word() + "=" + (one == Kind.TEXT ? "FILE" : "DIR"))
                                .collect(Collectors.joining(", "))
                        + ", or a file with the fields of the section data"));
        DataFolder folder = new DataFolder(
                kind,
                Path.of(written.substring(word.length() + 1)).toAbsolutePath().normalize());
        if (!(kind == Kind.TEXT ? Files.isRegularFile(folder.place) : Files.isDirectory(folder.place))) {
            throw new IllegalArgumentException(
                    "--data " + written + ": there is no " + (kind == Kind.TEXT ? "file " : "folder ") + folder.place);
        }
        return folder;
    }

    /// The same samples from there; empty if that source asks for something else.
    ///
    /// @param held whether they are for evaluation alone
    /// @throws IllegalArgumentException if the folder does not hold what it should; the message says what is there
    public Optional<DataSource> instead(DataSource source, boolean held) {
        return source instanceof DataSource.Published asked ? published(asked, held) : Optional.empty();
    }

    private Optional<DataSource> published(DataSource.Published asked, boolean held) {
        return switch (asked) {
            case ImageSource images -> images(images, held);
            case ParallelText pairs
            when kind == Kind.WMT ->
                Optional.of(new ParallelText(
                        Optional.of(aligned()),
                        pairs.tokens(),
                        pairs.sourceLength(),
                        pairs.targetLength(),
                        pairs.first(),
                        pairs.first() == 0 ? 0 : LINES));
            case TextSource text
            when kind == Kind.TEXT ->
                Optional.of(new TextSource(Optional.of(place), text.tokens(), text.length(), text.first()));
            case ParallelText _, TextSource _ -> Optional.empty();
        };
    }

    /// The kind of a source whose files are not there; empty if nothing lacks.
    public static Optional<Kind> lacked(DataSource source) {
        return source instanceof DataSource.Published published ? absent(published) : Optional.empty();
    }

    private static Optional<Kind> absent(DataSource.Published source) {
        return switch (source) {
            case ImageSource images ->
                switch (images.format()) {
                    case ImageSource.Format.Bundled _ -> Optional.empty();
                    case ImageSource.Format.Cifar(var _, List<Path> batches) -> lacked(Kind.CIFAR, batches);
                    case ImageSource.Format.Idx(Path pixels, Path labels) ->
                        lacked(Kind.MNIST, List.of(pixels, labels));
                    case ImageSource.Format.Folder folder -> lacked(Kind.IMAGENET, List.of(folder.folder()));
                };
            case ParallelText pairs ->
                lacked(
                        Kind.WMT,
                        pairs.files().stream()
                                .flatMap(files -> Stream.of(files.source(), files.target()))
                                .toList());
            case TextSource text -> lacked(Kind.TEXT, text.file().stream().toList());
        };
    }

    private static Optional<Kind> lacked(Kind kind, List<Path> files) {
        return files.stream().allMatch(Files::exists) ? Optional.empty() : Optional.of(kind);
    }

    private Optional<DataSource> images(ImageSource source, boolean held) {
        return switch (kind) {
            case CIFAR -> Optional.of(with(source, cifar(source.format()), source.subset()));
            case MNIST -> Optional.of(with(source, mnist(), source.subset()));
            case IMAGENET -> {
                boolean apart = held && Files.isDirectory(place.resolve("val"));
                Subset subset = source.subset();
                Subset own = apart ? new Subset(subset.classes(), subset.perClass(), subset.first()) : subset;
                yield Optional.of(with(
                        source, folder(apart ? place.resolve("val") : train(), IMAGENET_RESIZE, IMAGENET_SIDE), own));
            }
            case WMT, TEXT -> Optional.empty();
        };
    }

    private static ImageSource with(ImageSource source, ImageSource.Format format, Subset subset) {
        return new ImageSource(format, subset, source.scaling(), source.chance());
    }

    private ImageSource.Format cifar(ImageSource.Format asked) {
        Optional<CifarFormat> labels =
                asked instanceof ImageSource.Format.Cifar cifar ? Optional.of(cifar.labels()) : Optional.empty();
        CifarFormat hundred = labels.filter(CifarFormat.CIFAR100_COARSE::equals).orElse(CifarFormat.CIFAR100);
        List<ImageSource.Format.Cifar> found = new ArrayList<>();
        for (Path folder :
                inside("cifar-10-batches-bin", "cifar-10-batches-py", "cifar-100-binary", "cifar-100-python")) {
            for (String ending : List.of(".bin", "")) {
                batches(
                                CifarFormat.CIFAR10,
                                IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i),
                                folder,
                                ending)
                        .ifPresent(found::add);
                batches(hundred, Stream.of("train"), folder, ending).ifPresent(found::add);
            }
        }
        boolean both =
                found.stream().map(ImageSource.Format.Cifar::labels).distinct().count() > 1;
        if (both && labels.isEmpty()) {
            throw new IllegalArgumentException("--data cifar=" + place + ": it holds CIFAR-10 and CIFAR-100; name the"
                    + " folder of one of them: "
                    + found.stream()
                            .map(one -> "cifar=" + one.batches().getFirst().getParent())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return found.stream()
                .filter(one -> !both || one.labels() == labels.orElseThrow())
                .<ImageSource.Format>map(one -> one)
                .findFirst()
                .orElseGet(() -> folder(train(), CIFAR_SIDE, CIFAR_SIDE));
    }

    private static Optional<ImageSource.Format.Cifar> batches(
            CifarFormat labels, Stream<String> names, Path folder, String ending) {
        List<Path> there = names.map(name -> folder.resolve(name + ending))
                .filter(Files::isRegularFile)
                .toList();
        return there.isEmpty() ? Optional.empty() : Optional.of(new ImageSource.Format.Cifar(labels, there));
    }

    private ImageSource.Format mnist() {
        for (Path folder : inside("raw", "MNIST/raw", "FashionMNIST/raw")) {
            for (String ending : List.of("", ".gz")) {
                for (String dot : List.of("-", ".")) {
                    Path images = folder.resolve("train-images" + dot + "idx3-ubyte" + ending);
                    Path labels = folder.resolve("train-labels" + dot + "idx1-ubyte" + ending);
                    if (Files.isRegularFile(images) && Files.isRegularFile(labels)) {
                        return new ImageSource.Format.Idx(images, labels);
                    }
                }
            }
        }
        throw nothing();
    }

    private Path train() {
        Path train = place.resolve("train");
        return Files.isDirectory(train) ? train : place;
    }

    private ImageSource.Format folder(Path folder, int resize, int side) {
        boolean images = entries(folder).stream()
                .filter(Files::isDirectory)
                .anyMatch(one -> entries(one).stream().anyMatch(ImageFolder::isImage));
        if (!images) {
            throw nothing();
        }
        return new ImageSource.Format.Folder(folder, resize, side, true);
    }

    /// Two files that differ in their last ending alone: English is translated into the other language.
    private ParallelText.Aligned aligned() {
        Map<String, List<Path>> stems = new TreeMap<>();
        entries(place).stream().filter(Files::isRegularFile).forEach(file -> {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            if (dot > 0) {
                stems.merge(
                        name.substring(0, dot),
                        List.of(file),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            }
        });
        stems.values().removeIf(files -> files.size() != 2);
        List<Path> pair = stems.containsKey("train")
                ? stems.get("train")
                : stems.size() == 1 ? stems.values().iterator().next() : List.of();
        if (pair.isEmpty()) {
            throw nothing();
        }
        boolean english = pair.getLast().toString().endsWith(".en");
        return new ParallelText.Aligned(pair.get(english ? 1 : 0), pair.get(english ? 0 : 1));
    }

    /// The folder and those of its usual parts that are there.
    private List<Path> inside(String... parts) {
        return Stream.concat(Stream.of(place), Arrays.stream(parts).map(place::resolve))
                .filter(Files::isDirectory)
                .toList();
    }

    private IllegalArgumentException nothing() {
        List<String> there = entries(place).stream()
                .map(file -> file.getFileName() + (Files.isDirectory(file) ? "/" : ""))
                .toList();
        return new IllegalArgumentException("--data " + kind.word() + "=" + place + ": looked for " + kind.from() + "; "
                + (there.isEmpty() ? "the folder is empty" : "there are " + Listing.of(there, 8)));
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + FileReason.of(e), e);
        }
    }
}
