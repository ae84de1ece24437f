package adamscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import adamscope.curvature.Curvature;
import adamscope.curvature.LossSurface;
import adamscope.data.DataShape;
import adamscope.data.Samples;
import adamscope.model.Criterion;
import adamscope.model.Network;
import adamscope.model.NetworkLoss;
import adamscope.model.ResNet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessEndTest {
    private static final int CODE = 130;

    @TempDir
    private Path folder;

    /// Convolutions go on in a thread while another ends the process.
    static final class Child {
        static void main(String[] way) throws InterruptedException {
            LibTorch.require();
            LibTorch.useThreads(1);
            CountDownLatch begun = new CountDownLatch(2); // in the second product
            Thread.ofPlatform().daemon().start(() -> {
                try (PointerScope _ = new PointerScope()) {
                    DataShape.Images shape = new DataShape.Images(3, 32, 32, 10);
                    Network network = new ResNet(ResNet.Depth.EIGHTEEN, ResNet.Stem.CIFAR, 32, shape);
                    Tensor targets = Place.CPU_FLOAT32.zeros(16, 10);
                    Samples samples =
                            new Samples(Place.CPU_FLOAT32.zeros(16, shape.pixels()), targets, Place.CPU_FLOAT32);
                    Tensor theta = network.initial(1, Place.CPU_FLOAT32);
                    Curvature curvature = LossSurface.of(new NetworkLoss(network, samples, Criterion.HALF_SQUARED))
                            .curvature(theta);
                    while (true) {
                        try (PointerScope _ = new PointerScope()) {
                            begun.countDown();
                            curvature.apply(theta);
                        }
                    }
                }
            });
            begun.await();
            switch (way[0]) {
                case "halt" -> ProcessEnd.halt(CODE);
                case "exit" -> System.exit(CODE);
                default -> throw new AssertionError(way[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"halt", "exit"})
    void aProcessEndsWithItsCodeWhileAThreadIsInAConvolution(String way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                way));
        Process child = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isEqualTo(CODE);
        assertThat(said).doesNotContain("SIGSEGV");
        assertThat(folder).isEmptyDirectory();
    }
}
