package adamscope.data;

import adamscope.linear.CountedUniform;
import adamscope.shape.Alternatives;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Labelled images: which, how many of them, how their pixels are scaled.
///
/// @param chance not 0: their classes are dealt out anew by chance, by this seed, so that nothing but memory helps
///               (Zhang et al. 2017, section 2.1)
public record ImageSource(Format format, Subset subset, Scaling scaling, long chance) implements DataSource.Published {

    /// With the classes of their own.
    public ImageSource(Format format, Subset subset, Scaling scaling) {
        this(format, subset, scaling, 0);
    }

    /// The word for images that lie in files of one kind.
    static <F extends Format> Alternatives.Word<ImageSource> word(String word, Class<F> type, Shape<F> shape) {
        return word(word, type, format -> true, shape);
    }

    /// The word for one of the CIFAR sets.
    static Alternatives.Word<ImageSource> cifar(String word, CifarFormat labels) {
        return word(word, Format.Cifar.class, cifar -> cifar.labels() == labels, Shape.of(keys -> {
            var batches = keys.add(
                    Key.of("batches", Forms.list(Forms.path(), "paths"), "binary batches, or those of Python"),
                    Format.Cifar::batches);
            return in -> new Format.Cifar(labels, in.get(batches));
        }));
    }

    private static <F extends Format> Alternatives.Word<ImageSource> word(
            String word, Class<F> type, Predicate<F> of, Shape<F> shape) {
        Predicate<ImageSource> means =
                source -> type.isInstance(source.format()) && of.test(type.cast(source.format()));
        return new Alternatives.Word<>(word, ImageSource.class, means, Shape.of(keys -> {
            var format = keys.inline(shape, source -> type.cast(source.format()));
            var subset = keys.inline(Subset.SHAPE, ImageSource::subset);
            var scaling = keys.add(
                    Key.of("scaling", Forms.constant(Scaling.values()), "what pixels become")
                            .orElse(Scaling.STANDARD),
                    ImageSource::scaling);
            var chance = keys.add(
                    Key.of(
                                    "chance_labels",
                                    Forms.whole(Long.MIN_VALUE, Long.MAX_VALUE),
                                    "not 0: classes are dealt out anew by chance, by this seed")
                            .orElse(0L)
                            .quiet(),
                    ImageSource::chance);
            return in -> new ImageSource(in.get(format), in.get(subset), in.get(scaling), in.get(chance));
        }));
    }

    /// How images lie in files.
    public sealed interface Format {

        /// The images of Fashion-MNIST that ship with the program.
        record Bundled() implements Format {
            static final Shape<Bundled> SHAPE = Shape.of(keys -> in -> new Bundled());
        }

        /// A pair of IDX files, packed with gzip or not: MNIST, Fashion-MNIST.
        record Idx(Path images, Path labels) implements Format {
            static final Shape<Idx> SHAPE = Shape.of(keys -> {
                var images = keys.add(Key.of("images", Forms.path(), "file of the images"), Idx::images);
                var labels = keys.add(Key.of("labels", Forms.path(), "file of the labels"), Idx::labels);
                return in -> new Idx(in.get(images), in.get(labels));
            });
        }

        /// Batches of CIFAR-10 or CIFAR-100, binary or pickled by Python.
        record Cifar(CifarFormat labels, List<Path> batches) implements Format {
            public Cifar {
                batches = List.copyOf(batches);
                if (batches.isEmpty()) {
                    throw new IllegalArgumentException("batches = []: at least one file is needed");
                }
            }
        }

        /// A folder of folders, one a class, as ImageNet comes.
        ///
        /// @param resize pixels of the shorter side after scaling
        /// @param side   pixels of the square that is cut out of the middle
        /// @param inTurn one image of each class in turn, so that the first few have all classes
        record Folder(Path folder, int resize, int side, boolean inTurn) implements Format {
            private static final int LARGEST = 4096;

            static final Shape<Folder> SHAPE = Shape.of(keys -> {
                var folder = keys.add(Key.of("folder", Forms.path(), "of folders, one a class"), Folder::folder);
                var resize = keys.add(
                        Key.of("resize", Forms.count(1), "pixels of the shorter side after scaling")
                                .orElse(256),
                        Folder::resize);
                var side = keys.add(
                        Key.of("side", Forms.count(1), "pixels of the square cut out of the middle")
                                .orElse(224),
                        Folder::side);
                var turn = keys.add(
                        Key.of("in_turn", Forms.truth(), "one image of each class in turn, not class after class")
                                .orElse(false)
                                .quiet(),
                        Folder::inTurn);
                return in -> new Folder(in.get(folder), in.get(resize), in.get(side), in.get(turn));
            });

            public Folder {
                if (side < 1 || resize < side || resize > LARGEST) {
                    throw new IllegalArgumentException(
                            "resize = " + resize + ", side = " + side + ": allowed is 1 ≤ side ≤ resize ≤ " + LARGEST);
                }
            }

            /// Class after class.
            public Folder(Path folder, int resize, int side) {
                this(folder, resize, side, false);
            }
        }
    }

    /// The chosen images.
    public LabelledImages images() {
        LabelledImages images = chosen();
        if (chance == 0) {
            return images;
        }
        long[] order = CountedUniform.order(images.count(), chance);
        int[] labels = new int[images.count()];
        Arrays.setAll(labels, image -> images.labels()[(int) order[image]]);
        return new LabelledImages(images.shape(), images.values(), labels);
    }

    private LabelledImages chosen() {
        return switch (format) {
            case Format.Bundled _ -> FashionMnist.shipped(FashionMnist.SHIPPED).subset(subset, "shipped Fashion-MNIST");
            case Format.Idx(Path images, Path labels) ->
                FashionMnist.read(images, labels).subset(subset, images.toString());
            case Format.Cifar(CifarFormat labels, List<Path> batches) ->
                labels.read(batches).subset(subset, batches.toString());
            case Format.Folder folder -> ImageFolder.read(folder, subset);
        };
    }

    @Override
    public Learned learned() {
        return Learned.CLASSES;
    }

    @Override
    public DataSet read(Place place) {
        LabelledImages images = images();
        return new DataSet(images.toSamples(place, scaling), images.shape());
    }
}
