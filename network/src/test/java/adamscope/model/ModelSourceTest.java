package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.DataShape;
import adamscope.shape.Given;
import adamscope.shape.Node;
import adamscope.tensor.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(read(kind, words(source))).isEqualTo(source);
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

    @Test
    void whatDoesNotExistIsRefusedWithWhatDoes() {
        refused(
                "vgg",
                Map.of(),
                "kind = vgg is none of [fully-connected, cnn, two-convolutions, resnet18, resnet50, wide-resnet, gpt,"
                        + " transformer, deep-galerkin, torchscript]");
        refused("gpt", Map.of("depth", "3"), "depth: no key 'depth' is known here; there are [kind, layers, heads,");
        refused("gpt", Map.of("layer", "3"), "; did you mean 'layers'?");
        refused("cnn", Map.of("width", "3"), "width: no key 'width' is known here; there are [kind, filters, hidden]");
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

    private static ModelSource read(String kind, Map<String, String> settings) {
        Map<String, Node> fields = new LinkedHashMap<>(Map.of("kind", new Node.Scalar("kind", kind)));
        settings.forEach((name, value) -> fields.put(name, new Node.Scalar(name, value)));
        return ModelSource.WORDS.read(new Node.Mapping("model", fields), Given.in(Path.of("")));
    }

    private static Map<String, String> words(ModelSource source) {
        Map<String, String> words = new LinkedHashMap<>();
        source.settings().forEach((name, value) -> words.put(name, value.toString()));
        return words;
    }

    private static Network network(String kind, Map<String, String> settings, DataShape data) {
        return ((ModelSource.OfSamples) read(kind, settings)).network(data);
    }
}
