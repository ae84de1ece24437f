package adamscope.model;

import adamscope.data.DataShape;
import adamscope.optimizer.Domain;
import adamscope.shape.Alternatives;
import adamscope.shape.Forms;
import adamscope.shape.Key;
import adamscope.shape.Shape;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A model as an experiment names it, before the data say how large its inputs and outputs are.
public sealed interface ModelSource {
    /// The most of anything that a setting counts.
    int MOST = 1_000_000;

    /// Every model by its word.
    Alternatives<ModelSource> WORDS = Alternatives.by(
            "kind",
            List.of(
                    Alternatives.Word.of("fully-connected", Dense.class, Shape.of(keys -> {
                        var hidden = keys.add(
                                widths("hidden", "of the hidden layers", 200, 200, 200, 200, 200), Dense::hidden);
                        var activation = keys.add(activation().orElse(Activation.TANH), Dense::activation);
                        var bias = keys.add(bias(), Dense::bias);
                        return in -> new Dense(in.get(hidden), in.get(activation), in.get(bias));
                    })),
                    Alternatives.Word.of("cnn", Convolutional.class, Shape.of(keys -> {
                        var filters = keys.add(
                                widths("filters", "of each convolution").orElse(ConvolutionalNetwork.FILTERS),
                                Convolutional::filters);
                        var hidden = keys.add(
                                widths("hidden", "of the hidden layers").orElse(ConvolutionalNetwork.HIDDEN),
                                Convolutional::hidden);
                        var bias = keys.add(bias(), Convolutional::bias);
                        return in -> new Convolutional(in.get(filters), in.get(hidden), in.get(bias));
                    })),
                    Alternatives.Word.of("two-convolutions", TwoConvolutional.class, Shape.of(keys -> {
                        var filters =
                                keys.add(widths("filters", "of each convolution", 32, 64), TwoConvolutional::filters);
                        var bias = keys.add(bias(), TwoConvolutional::bias);
                        return in -> new TwoConvolutional(in.get(filters), in.get(bias));
                    })),
                    residual("resnet18", ResNet.Depth.EIGHTEEN),
                    residual("resnet50", ResNet.Depth.FIFTY),
                    Alternatives.Word.of("wide-resnet", Wide.class, Shape.of(keys -> {
                        var blocks =
                                keys.add(count("blocks_per_group", 4, "blocks of each group"), Wide::blocksPerGroup);
                        var multiplier = keys.add(count("multiplier", 10, "of 16 channels"), Wide::multiplier);
                        var normalised = keys.add(
                                truth("normalised", "whether there is batch normalisation")
                                        .orElse(true),
                                Wide::normalised);
                        var norm = keys.inline(BatchNorm.SHAPE, Wide::norm);
                        var bias = keys.add(bias(), Wide::bias);
                        return in -> new Wide(
                                in.get(blocks), in.get(multiplier), in.get(normalised), in.get(norm), in.get(bias));
                    })),
                    Alternatives.Word.of("gpt", Language.class, Shape.of(keys -> {
                        var layers = keys.add(count("layers", 4, "blocks"), Language::layers);
                        var heads = keys.add(count("heads", 4, "of attention"), Language::heads);
                        var width = keys.add(count("width", 128, "of the stream"), Language::width);
                        var bias = keys.add(bias(), Language::bias);
                        return in -> new Language(in.get(layers), in.get(heads), in.get(width), in.get(bias));
                    })),
                    Alternatives.Word.of("transformer", Translation.class, Shape.of(keys -> {
                        var layers =
                                keys.add(count("layers", 6, "blocks, of encoder and of decoder"), Translation::layers);
                        var heads = keys.add(count("heads", 8, "of attention"), Translation::heads);
                        var width = keys.add(count("width", 512, "of the stream"), Translation::width);
                        var inner = keys.add(count("inner", 2048, "width inside a block"), Translation::inner);
                        var before = keys.add(
                                truth("norm_before", "whether layers are normalised before they act, or after")
                                        .orElse(true),
                                Translation::normBefore);
                        var bias = keys.add(bias(), Translation::bias);
                        return in -> new Translation(
                                in.get(layers),
                                in.get(heads),
                                in.get(width),
                                in.get(inner),
                                in.get(before),
                                in.get(bias));
                    })),
                    Alternatives.Word.of("deep-galerkin", Galerkin.class, galerkin()),
                    Alternatives.Word.of("torchscript", TorchScript.class, Shape.of(keys -> {
                        var file = keys.add(
                                Key.of("file", Forms.path(), "the module, saved by PyTorch"), TorchScript::file);
                        return in -> new TorchScript(in.get(file));
                    }))));

    /// Its word in experiments.
    default String kind() {
        return WORDS.word(this);
    }

    /// Each setting with its value, as experiments write them.
    default Map<String, Object> settings() {
        Map<String, Object> settings = WORDS.write(this, Optional.empty());
        settings.remove("kind");
        return settings;
    }

    /// Its parameter tensors, by name and number of dimensions; their extents are those of small samples, not of the
    /// data. Empty for a module that lies in a file. Loads nothing.
    default List<Block> blocks() {
        return switch (this) {
            case Dense dense -> dense.network(new DataShape.Vectors(1, 1)).blocks();
            case Convolutional _, TwoConvolutional _, Residual _, Wide _ ->
                ((OfSamples) this).network(new DataShape.Images(3, 64, 64, 2)).blocks();
            case Language language ->
                language.network(new DataShape.Tokens(2, 2)).blocks();
            case Translation translation ->
                translation.network(new DataShape.Pairs(2, 2, 2)).blocks();
            case Galerkin galerkin -> galerkin.network().blocks();
            case TorchScript _ -> List.of();
        };
    }

    /// A model whose loss is taken on samples.
    sealed interface OfSamples extends ModelSource {

        /// The network for such data.
        ///
        /// @throws IllegalArgumentException if it cannot work on them
        Network network(DataShape data);
    }

    /// [FullyConnected] with hidden layers of these widths.
    record Dense(List<Integer> hidden, Activation activation, boolean bias) implements OfSamples {
        public Dense {
            hidden = List.copyOf(hidden);
        }

        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Vectors(int width, int outputs) ->
                    biased(bias, FullyConnected.between(width, hidden, outputs, activation));
                case DataShape.Images images ->
                    biased(bias, FullyConnected.between(images.pixels(), hidden, images.classes(), activation));
                case DataShape.Tokens _, DataShape.Pairs _ -> throw misfit(kind(), "rows of numbers or images");
            };
        }
    }

    /// [ConvolutionalNetwork] with so many filters and hidden layers of these widths.
    record Convolutional(List<Integer> filters, List<Integer> hidden, boolean bias) implements OfSamples {
        public Convolutional {
            filters = List.copyOf(filters);
            hidden = List.copyOf(hidden);
        }

        @Override
        public Network network(DataShape data) {
            return biased(bias, new ConvolutionalNetwork(filters, hidden, images(kind(), data)));
        }
    }

    /// [TwoConvolutions] with so many filters in each.
    record TwoConvolutional(List<Integer> filters, boolean bias) implements OfSamples {
        public TwoConvolutional {
            filters = List.copyOf(filters);
        }

        @Override
        public Network network(DataShape data) {
            return biased(bias, new TwoConvolutions(filters, images(kind(), data)));
        }
    }

    /// [ResNet] with 64 channels times the multiplier in the first stage.
    record Residual(ResNet.Depth depth, double multiplier, ResNet.Stem stem, BatchNorm norm, boolean bias)
            implements OfSamples {
        @Override
        public Network network(DataShape data) {
            return biased(bias, new ResNet(depth, stem, (int) Math.round(64 * multiplier), norm, images(kind(), data)));
        }
    }

    /// [WideResNet].
    record Wide(int blocksPerGroup, int multiplier, boolean normalised, BatchNorm norm, boolean bias)
            implements OfSamples {
        @Override
        public Network network(DataShape data) {
            return biased(bias, new WideResNet(blocksPerGroup, multiplier, normalised, norm, images(kind(), data)));
        }
    }

    /// [Gpt].
    record Language(int layers, int heads, int width, boolean bias) implements OfSamples {
        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Tokens tokens -> biased(bias, new Gpt(layers, heads, width, tokens));
                case DataShape.Vectors _, DataShape.Images _, DataShape.Pairs _ -> throw misfit(kind(), "one text");
            };
        }
    }

    /// [Transformer].
    record Translation(int layers, int heads, int width, int inner, boolean normBefore, boolean bias)
            implements OfSamples {
        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Pairs pairs ->
                    biased(bias, new Transformer(layers, heads, width, inner, normBefore, pairs));
                case DataShape.Vectors _, DataShape.Images _, DataShape.Tokens _ ->
                    throw misfit(kind(), "texts with translations");
            };
        }
    }

    /// [TorchScriptNetwork], whose size is in its file.
    record TorchScript(Path file) implements OfSamples {
        @Override
        public Network network(DataShape data) {
            return TorchScriptNetwork.load(file);
        }
    }

    /// [GalerkinLoss], which makes its own points.
    record Galerkin(GalerkinProblem problem, List<Integer> hidden, Activation activation, int samples, boolean bias)
            implements ModelSource {
        public Galerkin {
            hidden = List.copyOf(hidden);
        }

        /// The loss on points that depend on `seed` alone.
        public GalerkinLoss loss(Place place, long seed) {
            return GalerkinLoss.of(network(), problem, samples, seed, place);
        }

        private Network network() {
            return biased(bias, FullyConnected.between(problem.dimension(), hidden, 1, activation));
        }
    }

    private static Alternatives.Word<Residual> residual(String word, ResNet.Depth depth) {
        return new Alternatives.Word<>(word, Residual.class, net -> net.depth() == depth, Shape.of(keys -> {
            var multiplier = keys.add(
                    Key.of("multiplier", Forms.number(new Domain(0, false, 1000, true)), "of 64 channels")
                            .orElse(1.0)
                            .writing(String::valueOf),
                    Residual::multiplier);
            var stem = keys.add(
                    Key.of("stem", Forms.word(List.of(ResNet.Stem.values()), ResNet.Stem::word), "the first layers")
                            .orElse(ResNet.Stem.IMAGENET),
                    Residual::stem);
            var norm = keys.inline(BatchNorm.SHAPE, Residual::norm);
            var bias = keys.add(bias(), Residual::bias);
            return in -> new Residual(depth, in.get(multiplier), in.get(stem), in.get(norm), in.get(bias));
        }));
    }

    /// The equations and nets of Ma, Wu & E 2022, section 4.2, unless something else is said.
    private static Shape<Galerkin> galerkin() {
        return Shape.of(keys -> {
            var problem = keys.inline(GalerkinProblem.SHAPE, Galerkin::problem);
            var hidden = keys.add(
                    widths("hidden", "of the hidden layers")
                            .orElse(
                                    in -> isDisk(in.get(problem)) ? List.of(10, 10, 10) : List.of(200, 200),
                                    "200, 200; 10, 10, 10 for problem disk"),
                    Galerkin::hidden);
            var activation = keys.add(
                    activation()
                            .orElse(
                                    in -> isDisk(in.get(problem)) ? Activation.GELU : Activation.TANH,
                                    "tanh; gelu for problem disk"),
                    Galerkin::activation);
            var samples =
                    keys.add(count("samples", 2000, "points inside, and as many on the boundary"), Galerkin::samples);
            var bias = keys.add(bias(), Galerkin::bias);
            return in ->
                    new Galerkin(in.get(problem), in.get(hidden), in.get(activation), in.get(samples), in.get(bias));
        });
    }

    private static boolean isDisk(GalerkinProblem problem) {
        return problem.equals(GalerkinProblem.DISK);
    }

    private static Key<Integer> count(String name, int most, String meaning) {
        return Key.of(name, Forms.count(1, MOST), meaning).orElse(most);
    }

    private static Key<Activation> activation() {
        return Key.of("activation", Forms.word(List.of(Activation.values()), Activation::word), "between the layers");
    }

    private static Key<Boolean> bias() {
        return truth("bias", "whether affine maps and convolutions have biases")
                .orElse(true)
                .quiet();
    }

    private static Network biased(boolean bias, Network network) {
        return bias ? network : new WithoutBias(network);
    }

    private static Key<Boolean> truth(String name, String meaning) {
        return Key.of(name, Forms.truth(), meaning).writing(String::valueOf);
    }

    /// Written as one text with commas.
    private static Key<List<Integer>> widths(String name, String meaning) {
        return Key.of(name, Forms.list(Forms.count(1, MOST), "whole numbers"), "widths " + meaning)
                .writing(widths -> widths.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }

    private static Key<List<Integer>> widths(String name, String meaning, Integer... defaultValue) {
        return widths(name, meaning).orElse(List.of(defaultValue));
    }

    private static DataShape.Images images(String kind, DataShape data) {
        return switch (data) {
            case DataShape.Images images -> images;
            case DataShape.Vectors _, DataShape.Tokens _, DataShape.Pairs _ -> throw misfit(kind, "images");
        };
    }

    private static IllegalArgumentException misfit(String kind, String needed) {
        return new IllegalArgumentException("the model " + kind + " needs data that are " + needed);
    }
}
