package adamscope.model;

import adamscope.data.DataShape;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A model as an experiment names it, before the data say how large its inputs and outputs are.
public sealed interface ModelSource {

    /// The names that experiments use.
    List<String> KINDS = List.of(
            "fully-connected",
            "cnn",
            "two-convolutions",
            "resnet18",
            "resnet50",
            "wide-resnet",
            "gpt",
            "transformer",
            "deep-galerkin",
            "torchscript");

    /// One of [#KINDS].
    String kind();

    /// Each setting with its value in words, as [#read] takes them.
    Map<String, String> settings();

    /// The model of that kind with these settings; those that are not named have their standard values.
    ///
    /// @throws IllegalArgumentException if there is no such kind, no such setting or no such value; the message says
    ///                                  what there is
    static ModelSource read(String kind, Map<String, String> words) {
        ModelSettings settings = new ModelSettings(kind, words);
        ModelSource source = switch (kind) {
            case "fully-connected" ->
                new Dense(
                        settings.wholes("hidden", List.of(200, 200, 200, 200, 200)),
                        settings.named("activation", Activation.TANH, Activation::named));
            case "cnn" ->
                new Convolutional(
                        settings.wholes("filters", ConvolutionalNetwork.FILTERS),
                        settings.wholes("hidden", ConvolutionalNetwork.HIDDEN));
            case "two-convolutions" -> new TwoConvolutional(settings.wholes("filters", List.of(32, 64)));
            case "resnet18" -> residual(ResNet.Depth.EIGHTEEN, settings);
            case "resnet50" -> residual(ResNet.Depth.FIFTY, settings);
            case "wide-resnet" ->
                new Wide(
                        settings.whole("blocks_per_group", 4),
                        settings.whole("multiplier", 10),
                        settings.truth("normalised", true));
            case "gpt" ->
                new Language(settings.whole("layers", 4), settings.whole("heads", 4), settings.whole("width", 128));
            case "transformer" ->
                new Translation(
                        settings.whole("layers", 6),
                        settings.whole("heads", 8),
                        settings.whole("width", 512),
                        settings.whole("inner", 2048),
                        settings.truth("norm_before", true));
            case "deep-galerkin" -> galerkin(settings);
            case "torchscript" -> new TorchScript(Path.of(settings.text("file")));
            default -> throw new IllegalArgumentException("no model '" + kind + "'; there are " + KINDS);
        };
        return settings.noMore(source);
    }

    /// A model whose loss is taken on samples.
    sealed interface OfSamples extends ModelSource {

        /// The network for such data.
        ///
        /// @throws IllegalArgumentException if it cannot work on them
        Network network(DataShape data);
    }

    /// [FullyConnected] with hidden layers of these widths.
    record Dense(List<Integer> hidden, Activation activation) implements OfSamples {
        public Dense {
            hidden = List.copyOf(hidden);
        }

        @Override
        public String kind() {
            return "fully-connected";
        }

        @Override
        public Map<String, String> settings() {
            return words("hidden", commas(hidden), "activation", activation.word());
        }

        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Vectors(int width, int outputs) ->
                    FullyConnected.between(width, hidden, outputs, activation);
                case DataShape.Images images ->
                    FullyConnected.between(images.pixels(), hidden, images.classes(), activation);
                case DataShape.Tokens _, DataShape.Pairs _ -> throw misfit(kind(), "rows of numbers or images");
            };
        }
    }

    /// [ConvolutionalNetwork] with so many filters and hidden layers of these widths.
    record Convolutional(List<Integer> filters, List<Integer> hidden) implements OfSamples {
        public Convolutional {
            filters = List.copyOf(filters);
            hidden = List.copyOf(hidden);
        }

        @Override
        public String kind() {
            return "cnn";
        }

        @Override
        public Map<String, String> settings() {
            return words("filters", commas(filters), "hidden", commas(hidden));
        }

        @Override
        public Network network(DataShape data) {
            return new ConvolutionalNetwork(filters, hidden, images(kind(), data));
        }
    }

    /// [TwoConvolutions] with so many filters in each.
    record TwoConvolutional(List<Integer> filters) implements OfSamples {
        public TwoConvolutional {
            filters = List.copyOf(filters);
        }

        @Override
        public String kind() {
            return "two-convolutions";
        }

        @Override
        public Map<String, String> settings() {
            return words("filters", filters.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }

        @Override
        public Network network(DataShape data) {
            return new TwoConvolutions(filters, images(kind(), data));
        }
    }

    /// [ResNet] with 64 channels times the multiplier in the first stage.
    record Residual(ResNet.Depth depth, double multiplier, ResNet.Stem stem) implements OfSamples {
        @Override
        public String kind() {
            return switch (depth) {
                case EIGHTEEN -> "resnet18";
                case FIFTY -> "resnet50";
            };
        }

        @Override
        public Map<String, String> settings() {
            return words("multiplier", multiplier, "stem", stem.word());
        }

        @Override
        public Network network(DataShape data) {
            return new ResNet(depth, stem, (int) Math.round(64 * multiplier), images(kind(), data));
        }
    }

    /// [WideResNet].
    record Wide(int blocksPerGroup, int multiplier, boolean normalised) implements OfSamples {
        @Override
        public String kind() {
            return "wide-resnet";
        }

        @Override
        public Map<String, String> settings() {
            return words("blocks_per_group", blocksPerGroup, "multiplier", multiplier, "normalised", normalised);
        }

        @Override
        public Network network(DataShape data) {
            return new WideResNet(blocksPerGroup, multiplier, normalised, images(kind(), data));
        }
    }

    /// [Gpt].
    record Language(int layers, int heads, int width) implements OfSamples {
        @Override
        public String kind() {
            return "gpt";
        }

        @Override
        public Map<String, String> settings() {
            return words("layers", layers, "heads", heads, "width", width);
        }

        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Tokens tokens -> new Gpt(layers, heads, width, tokens);
                case DataShape.Vectors _, DataShape.Images _, DataShape.Pairs _ -> throw misfit(kind(), "one text");
            };
        }
    }

    /// [Transformer].
    record Translation(int layers, int heads, int width, int inner, boolean normBefore) implements OfSamples {
        @Override
        public String kind() {
            return "transformer";
        }

        @Override
        public Map<String, String> settings() {
            return words("layers", layers, "heads", heads, "width", width, "inner", inner, "norm_before", normBefore);
        }

        @Override
        public Network network(DataShape data) {
            return switch (data) {
                case DataShape.Pairs pairs -> new Transformer(layers, heads, width, inner, normBefore, pairs);
                case DataShape.Vectors _, DataShape.Images _, DataShape.Tokens _ ->
                    throw misfit(kind(), "texts with translations");
            };
        }
    }

    /// [TorchScriptNetwork], whose size is in its file.
    record TorchScript(Path file) implements OfSamples {
        @Override
        public String kind() {
            return "torchscript";
        }

        @Override
        public Map<String, String> settings() {
            return words("file", file);
        }

        @Override
        public Network network(DataShape data) {
            return TorchScriptNetwork.load(file);
        }
    }

    /// [GalerkinLoss], which makes its own points.
    record Galerkin(PoissonProblem problem, List<Integer> hidden, Activation activation, int samples)
            implements ModelSource {
        public Galerkin {
            hidden = List.copyOf(hidden);
        }

        @Override
        public String kind() {
            return "deep-galerkin";
        }

        @Override
        public Map<String, String> settings() {
            return words(
                    "problem",
                    problem.word(),
                    "hidden",
                    commas(hidden),
                    "activation",
                    activation.word(),
                    "samples",
                    samples);
        }

        /// The loss on points that depend on `seed` alone.
        public GalerkinLoss loss(Place place, long seed) {
            return GalerkinLoss.of(
                    FullyConnected.between(problem.dimension(), hidden, 1, activation), problem, samples, seed, place);
        }
    }

    private static Residual residual(ResNet.Depth depth, ModelSettings settings) {
        return new Residual(
                depth,
                settings.factor("multiplier", 1),
                settings.named("stem", ResNet.Stem.IMAGENET, ResNet.Stem::named));
    }

    /// The nets of Ma, Wu & E 2022, section 4.2, unless something else is said.
    private static Galerkin galerkin(ModelSettings settings) {
        PoissonProblem problem = settings.named("problem", PoissonProblem.CUBE, PoissonProblem::named);
        boolean cube = problem == PoissonProblem.CUBE;
        return new Galerkin(
                problem,
                settings.wholes("hidden", cube ? List.of(200, 200) : List.of(10, 10, 10)),
                settings.named("activation", cube ? Activation.TANH : Activation.GELU, Activation::named),
                settings.whole("samples", 2000));
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

    private static String commas(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Map<String, String> words(Object... keysAndValues) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            words.put((String) keysAndValues[i], String.valueOf(keysAndValues[i + 1]));
        }
        return words;
    }
}
