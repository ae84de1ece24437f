package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.DataShape;
import adamscope.shape.Given;
import adamscope.shape.Node;
import adamscope.tensor.Block;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ModelSourceTest {
    private static final DataShape.Images CIFAR10 = new DataShape.Images(3, 32, 32, 10);
    private static final List<String> KINDS = ModelSource.WORDS.all().stream()
            .filter(kind -> !kind.equals("torchscript"))
            .toList();

    @ParameterizedTest
    @FieldSource("KINDS")
    void itsSettingsInWordsGiveTheSameModelAgain(String kind) {
        ModelSource source = read(kind, Map.of());
        assertThat(source.kind()).isEqualTo(kind);
        assertThat(read(kind, source.settings())).isEqualTo(source);
    }

    @Test
    void theStandardFullyConnectedNetworkIsThatOfThePaper() {
        assertThat(network("fully-connected", Map.of(), new DataShape.Vectors(784, 10)))
                .isEqualTo(FullyConnected.of(784, 200, 5, 10, Activation.TANH));
    }

    @Test
    void imagesAreRowsOfPixelsToAFullyConnectedNetwork() {
        assertThat(network("fully-connected", Map.of("hidden", "256, 128", "activation", "relu"), CIFAR10))
                .isEqualTo(new FullyConnected(List.of(3072, 256, 128, 10), Activation.RELU));
    }

    @Test
    void aMultiplierOfOneHalfHalvesTheChannels() {
        assertThat(network("resnet18", Map.of("multiplier", "0.5", "stem", "cifar"), CIFAR10))
                .isEqualTo(new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 32, CIFAR10));
    }

    @Test
    void aPoissonProblemBringsItsOwnNetworkAndPoints() {
        try (PointerScope _ = new PointerScope()) {
            ModelSource source = read("deep-galerkin", Map.of("problem", "disk", "samples", "9"));
            GalerkinLoss loss = ((ModelSource.Galerkin) source).loss(Place.CPU_FLOAT64, 1);
            assertThat(loss.network()).isEqualTo(new FullyConnected(List.of(2, 10, 10, 10, 1), Activation.GELU));
            assertThat(loss.samples()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fully-connected, '4,3'",
        "cnn, '4,3'",
        "two-convolutions, '4,3'",
        "resnet18, ''",
        "wide-resnet, ''",
        "gpt, ''",
        "transformer, ''"
    })
    void withoutBiasOnlyWeightsAndNormsAreLeftWithTheSameNumbersAtTheStart(String kind, String widths) {
        Map<String, String> size = switch (kind) {
            case "fully-connected" -> Map.of("hidden", widths);
            case "cnn", "two-convolutions" -> Map.of("filters", widths);
            case "resnet18" -> Map.of("multiplier", "0.05");
            case "wide-resnet" -> Map.of("multiplier", "1", "blocks_per_group", "1");
            default -> Map.of("layers", "1", "width", "8");
        };
        DataShape data = switch (kind) {
            case "gpt" -> new DataShape.Tokens(5, 11);
            case "transformer" -> new DataShape.Pairs(5, 4, 9);
            default -> CIFAR10;
        };
        Map<String, String> without = new LinkedHashMap<>(size);
        without.put("bias", "false");
        Network whole = network(kind, size, data);
        Network bare = network(kind, without, data);
        List<Block> kept = whole.blocks().stream()
                .filter(block -> !block.name().contains("bias"))
                .toList();
        assertThat(kept).hasSizeLessThan(whole.blocks().size());
        assertThat(bare.blocks())
                .extracting(Block::name)
                .isEqualTo(kept.stream().map(Block::name).toList());
        // a vector that is left is of a normalisation
        assertThat(bare.blocks())
                .filteredOn(block -> block.shape().size() == 1)
                .allMatch(
                        block -> block.name().endsWith("scale") || block.name().endsWith("shift"));
        try (PointerScope _ = new PointerScope()) {
            double[] all = Place.numbers(whole.initial(3, Place.CPU_FLOAT64));
            double[] some = Place.numbers(bare.initial(3, Place.CPU_FLOAT64));
            int next = 0;
            for (Block block : kept) {
                for (int i = 0; i < block.size(); i++) {
                    assertThat(some[next++]).isEqualTo(all[(int) block.offset() + i]);
                }
            }
            assertThat(some).hasSize(next);
        }
    }

    @Test
    void anEquationOfOnesOwnReplacesTheShippedOnes() {
        Map<String, Object> own = Map.of(
                "equation", "-laplace(u) = 2*pi^2*sin(pi*x)*sin(pi*y)",
                "boundary", "u = 0",
                "exact", "sin(pi*x)*sin(pi*y)",
                "domain", Map.of("box", List.of(List.of(0, 1), List.of(0, 1))));
        ModelSource.Galerkin source = (ModelSource.Galerkin) read("deep-galerkin", own);
        assertThat(source.problem().region()).isEqualTo(Region.Box.unit(2));
        assertThat(source.problem().solution(0.5, 0.5)).isEqualTo(1);
        assertThat(source.hidden()).containsExactly(200, 200);
        Map<String, Object> both = new LinkedHashMap<>(own);
        both.put("problem", "cube");
        assertThatThrownBy(() -> read("deep-galerkin", both)).hasMessageContaining("not both");
        for (String needed : List.of("equation", "boundary", "domain")) {
            Map<String, Object> less = new LinkedHashMap<>(own);
            less.remove(needed);
            assertThatThrownBy(() -> read("deep-galerkin", less)).hasMessageContaining(needed + " is missing");
        }
        Map<String, Object> wrong = new LinkedHashMap<>(own);
        wrong.put("boundary", "u = w");
        assertThatThrownBy(() -> read("deep-galerkin", wrong))
                .hasMessageContaining("boundary:1:5: 'w' is not defined here");
    }

    @Test
    void whatDoesNotExistIsRefusedWithWhatDoes() {
        refused(
                "vgg",
                Map.of(),
                "kind = vgg is none of [fully-connected, cnn, two-convolutions, resnet18, resnet50, wide-resnet, gpt,"
                        + " transformer, deep-galerkin, torchscript]");
        refused("gpt", Map.of("depth", "3"), "depth: no key 'depth' is known here; there are [kind, layers, heads,");
        refused("gpt", Map.of("layer", "3"), "; did you mean 'layers'?");
        refused(
                "cnn",
                Map.of("width", "3"),
                "width: no key 'width' is known here; there are [kind, filters, hidden, bias]");
        refused("gpt", Map.of("layers", "0"), "layers = 0 is no whole number from 1 to 1000000");
        refused("resnet18", Map.of("multiplier", "-1"), "multiplier = -1 is outside (0, 1000]");
        refused("resnet18", Map.of("stem", "vgg"), "stem = vgg is none of [imagenet, cifar]");
        refused("fully-connected", Map.of("hidden", "3,x"), "hidden = 'x' is no number");
        refused("wide-resnet", Map.of("normalised", "maybe"), "normalised = maybe is neither true nor false");
        refused("torchscript", Map.of(), "model: 'file' is missing");
    }

    @Test
    void dataThatAModelCannotTakeAreRefused() {
        DataShape text = new DataShape.Tokens(8, 50);
        assertThatThrownBy(() -> network("cnn", Map.of(), text)).hasMessage("the model cnn needs data that are images");
        assertThatThrownBy(() -> network("transformer", Map.of(), text))
                .hasMessage("the model transformer needs data that are texts with translations");
        assertThatThrownBy(() -> network("gpt", Map.of(), CIFAR10))
                .hasMessage("the model gpt needs data that are one text");
        assertThatThrownBy(() -> network("gpt", Map.of("heads", "3"), text))
                .hasMessage("layers = 4, heads = 3, width = 128: each must be 1 or more, and the width a multiple of "
                        + "the heads");
        assertThatThrownBy(() -> network("cnn", Map.of(), new DataShape.Images(1, 8, 8, 10)))
                .hasMessage("the convolutional network needs images of at least 15 x 15 pixels, not 8 x 8");
    }

    private static void refused(String kind, Map<String, String> settings, String message) {
        assertThatThrownBy(() -> read(kind, settings)).hasMessageContaining(message);
    }

    private static ModelSource read(String kind, Map<String, ?> settings) {
        Map<String, Node> fields = new LinkedHashMap<>(Map.of("kind", new Node.Scalar("kind", kind)));
        settings.forEach((name, value) -> fields.put(name, Node.of(name, value)));
        return ModelSource.WORDS.read(new Node.Mapping("model", fields), Given.in(Path.of("")));
    }

    private static Network network(String kind, Map<String, String> settings, DataShape data) {
        return ((ModelSource.OfSamples) read(kind, settings)).network(data);
    }
}
