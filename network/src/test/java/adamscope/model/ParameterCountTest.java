package adamscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.data.DataShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterCountTest {
    private static final DataShape.Images CIFAR10 = new DataShape.Images(3, 32, 32, 10);
    private static final DataShape.Images IMAGENET = new DataShape.Images(3, 224, 224, 1000);

    @Test
    void theConvolutionalNetworkHasThatOfDeepObs3c3d() {
        // Schneider, Balles & Hennig 2019 use the same layers: 895,210
        assertThat(new ConvolutionalNetwork(CIFAR10).parameters()).isEqualTo(895_210);
        // 5·5·3·4 + 4, 3·3·4·6 + 6; 32 pixels are 28, 13, 11, 5; 25·6·10 + 10
        assertThat(new ConvolutionalNetwork(List.of(4, 6), List.of(), CIFAR10).parameters())
                .isEqualTo(304 + 222 + 1510);
    }

    @Test
    void twoConvolutionsHaveTheirKernelsAndOneAffineMap() {
        // 28 pixels become 24, 12, 8, 4: 32·(25 + 1) + 64·(32·25 + 1) + 10·(64·4·4 + 1)
        TwoConvolutions network = new TwoConvolutions(List.of(32, 64), new DataShape.Images(1, 28, 28, 10));
        assertThat(network.parameters()).isEqualTo(832 + 51_264 + 10_250);
    }

    @Test
    void residualNetworksHaveThoseOfTorchvision() {
        assertThat(new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.IMAGENET, 64, IMAGENET).parameters())
                .isEqualTo(11_689_512);
        assertThat(new ResNet(ResNet.Depth.FIFTY, ResNet.Stem.IMAGENET, 64, IMAGENET).parameters())
                .isEqualTo(25_557_032);
    }

    @Test
    void aResidualNetworkForSmallImagesHasThatOfItsPopularImplementation() {
        // github.com/kuangliu/pytorch-cifar, ResNet18: 11,173,962
        assertThat(new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 64, CIFAR10).parameters())
                .isEqualTo(11_173_962);
    }

    @Test
    void theWideResidualNetworkHasThatOfItsAuthors() {
        // WRN-28-10, "36.5M" in Zagoruyko & Komodakis 2016, table 4; exactly 36,479,194 with 10 classes
        WideResNet ten = new WideResNet(4, 10, true, CIFAR10);
        assertThat(ten.parameters()).isEqualTo(36_479_194);
        // 90 more classes of 640 weights and a bias
        WideResNet hundred = new WideResNet(4, 10, true, new DataShape.Images(3, 32, 32, 100));
        assertThat(hundred.parameters()).isEqualTo(36_479_194 + 90 * 641);
        // 2 for each normalised channel go, one scalar for each of 12 blocks comes
        assertThat(new WideResNet(4, 10, false, CIFAR10).parameters())
                .isEqualTo(36_479_194 - 2 * normalisedChannels() + 12);
    }

    /// The first norm of a group's first block sees the channels of the group before.
    private static int normalisedChannels() {
        return 16 + 7 * 160 + 160 + 7 * 320 + 320 + 7 * 640 + 640;
    }

    @Test
    void gptHasThatOfTheSmallGpt2() {
        // Radford et al. 2019, the published weights of GPT-2 small
        assertThat(new Gpt(12, 12, 768, new DataShape.Tokens(1024, 50257)).parameters())
                .isEqualTo(124_439_808);
    }

    @Test
    void theTransformerHasThatOfPyTorchsModule() {
        // torch.nn.Transformer() has 44,140,544, two last norms among them; the embeddings are 37,000 x 512 more
        DataShape.Pairs shape = new DataShape.Pairs(64, 64, 37_000);
        assertThat(new Transformer(6, 8, 512, 2048, true, shape).parameters()).isEqualTo(44_140_544 + 37_000 * 512);
        assertThat(new Transformer(6, 8, 512, 2048, false, shape).parameters())
                .isEqualTo(44_140_544 - 4 * 512 + 37_000 * 512);
    }
}
