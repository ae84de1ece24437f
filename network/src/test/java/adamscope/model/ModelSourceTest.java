package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adamscope.data.DataShape;
import adamscope.tensor.Place;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ModelSourceTest {
    private static final DataShape.Images CIFAR10 = new DataShape.Images(3, 32, 32, 10);
    private static final List<String> KINDS = ModelSource.KINDS.stream()
            .filter(kind -> !kind.equals("torchscript"))
            .toList();

    @ParameterizedTest
    @FieldSource("KINDS")
    void itsSettingsInWordsGiveTheSameModelAgain(String kind) {
        ModelSource source = ModelSource.read(kind, Map.of());
        assertThat(source.kind()).isEqualTo(kind);
        assertThat(ModelSource.read(kind, source.settings())).isEqualTo(source);
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
            ModelSource source = ModelSource.read("deep-galerkin", Map.of("problem", "disk", "samples", "9"));
            GalerkinLoss loss = ((ModelSource.Galerkin) source).loss(Place.CPU_FLOAT64, 1);
            assertThat(loss.network()).isEqualTo(new FullyConnected(List.of(2, 10, 10, 10, 1), Activation.GELU));
            assertThat(loss.samples()).isEqualTo(9);
        }
    }

    @Test
    void whatDoesNotExistIsRefusedWithWhatDoes() {
        assertThatThrownBy(() -> ModelSource.read("vgg", Map.of()))
                .hasMessage("no model 'vgg'; there are [fully-connected, cnn, two-convolutions, resnet18, resnet50,"
                        + " wide-resnet, gpt, transformer, deep-galerkin, torchscript]");
        assertThatThrownBy(() -> ModelSource.read("gpt", Map.of("depth", "3")))
                .hasMessage("model gpt has no setting 'depth'; it has [layers, heads, width]");
        assertThatThrownBy(() -> ModelSource.read("cnn", Map.of("width", "3")))
                .hasMessage("model cnn has no setting 'width'; it has [filters, hidden]");
        assertThatThrownBy(() -> ModelSource.read("gpt", Map.of("layers", "0")))
                .hasMessage("model gpt: layers = 0 is not a whole number from 1 to 1000000");
        assertThatThrownBy(() -> ModelSource.read("resnet18", Map.of("multiplier", "-1")))
                .hasMessage("model resnet18: multiplier = -1 is not a number above 0, at most 1000");
        assertThatThrownBy(() -> ModelSource.read("resnet18", Map.of("stem", "vgg")))
                .hasMessage("no stem 'vgg'; there are [imagenet, cifar]");
        assertThatThrownBy(() -> ModelSource.read("fully-connected", Map.of("hidden", "3,x")))
                .hasMessage("model fully-connected: hidden = 3,x is not whole numbers from 1 to 1000000 with commas "
                        + "between them");
        assertThatThrownBy(() -> ModelSource.read("wide-resnet", Map.of("normalised", "maybe")))
                .hasMessage("model wide-resnet: normalised = maybe is not true or false");
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

    private static Network network(String kind, Map<String, String> settings, DataShape data) {
        return ((ModelSource.OfSamples) ModelSource.read(kind, settings)).network(data);
    }
}
