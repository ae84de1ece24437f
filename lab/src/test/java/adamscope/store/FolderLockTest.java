package adamscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    private Path folder;

    private static String output(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out.strip();
    }

    @Test
    void whoeverHasAFolderIsNamedWithTheMachine() throws Exception {
        String holder = "pid " + ProcessHandle.current().pid() + " on " + output(new ProcessBuilder("uname", "-n"));
        try (FolderLock _ = FolderLock.take(folder)) {
            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("another process (" + holder + ") is at work in " + folder
                            + "; wait for it, or end it first");
            assertThat(FolderLock.isTaken(folder)).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatAKilledProcessLeftIsTakenWhateverItSays() throws IOException {
        Path left = Files.writeString(folder.resolve(".lock"), "pid 1 on another-machine" + " ".repeat(9000));
        assertThat(FolderLock.isTaken(folder)).isFalse();
        try (FolderLock _ = FolderLock.take(folder)) {
            assertThat(Files.readString(left))
                    .startsWith("pid " + ProcessHandle.current().pid() + " on ");
        }
        assertThat(left).doesNotExist();
    }

    /// As a page that shows which runs are at work has the lock of one that a killed process left.
    @Test
    void whoOnlyLooksForAMomentKeepsNobodyOut() throws Exception {
        Path left = Files.writeString(folder.resolve(".lock"), "pid 1 on another-machine");
        FileChannel looking = FileChannel.open(left, StandardOpenOption.READ, StandardOpenOption.WRITE);
        assertThat(looking.tryLock()).isNotNull();
        Thread moment = Thread.ofPlatform().start(() -> {
            try (looking) {
                Thread.sleep(10);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (FolderLock _ = FolderLock.take(folder)) {
            assertThat(Files.readString(left))
                    .startsWith("pid " + ProcessHandle.current().pid() + " on ");
        }
        moment.join();
    }

    /// The system refuses each lock of a program, as an NFS does that is mounted without.
    @Test
    @Tag("slow")
    void whereNoLocksWorkOneSentenceSaysSo() throws Exception {
        Path shim = Files.writeString(folder.resolve("shim.c"), """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <stdarg.h>
            static int refused(const char *name, int fd, int command, void *argument) {
                if (command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK) {
                    errno = ENOLCK;
                    return -1;
                }
                return ((int (*)(int, int, ...)) dlsym(RTLD_NEXT, name))(fd, command, argument);
            }
            int fcntl(int fd, int command, ...) {
                va_list rest; va_start(rest, command);
                return refused("fcntl", fd, command, va_arg(rest, void *));
            }
            int fcntl64(int fd, int command, ...) {
                va_list rest; va_start(rest, command);
                return refused("fcntl64", fd, command, va_arg(rest, void *));
            }
            """);
        Path library = folder.resolve("shim.so");
        assertThat(output(new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), shim.toString())))
                .isEmpty();
        Path run = folder.resolve("run");
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "adamscope.cli.Main",
                "simulate",
                "--optimizer=adam",
                "--objective=x^2",
                "--x0=1",
                "--steps=10",
                "--out=" + run);
        program.environment().put("LD_PRELOAD", library.toString());
        assertThat(output(program).lines().filter(line -> line.startsWith("adamscope: ")))
                .singleElement()
                .isEqualTo(
                        "adamscope: no locks work on the file system of " + run + " (No locks available), and without"
                                + " them two processes could write"
                                + " into one run; run in a folder on a"
                                + " local disk, or have that one"
                                + " mounted with locks, see"
                                + " docs/scale.md");
        assertThat(run.resolve("provenance.json")).doesNotExist();
    }
}
