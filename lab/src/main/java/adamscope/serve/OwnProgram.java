package adamscope.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// This program as a process of its own, with the Java, options and classes of this one. It is to end where it can go
/// on
/// as soon as its standard input ends, however that comes about: so it never outlives the one that began it.
///
/// @param main the class that begins
public record OwnProgram(String main) {
    /// The property that makes the program listen to the end of its standard input.
    public static final String ENDS_WITH_INPUT = "adamscope.endsWithInput";

    /// What belongs to this process alone: a terminal, the port of a debugger, a file that is written at the end.
    private static final List<String> OWN =
            List.of("-Dadamscope.terminal", "-agentlib:", "-agentpath:", "-javaagent:", "-XX:AOTCacheOutput");

    /// Begins it; what it says comes by standard error alone.
    Process start(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OWN.stream().noneMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-D" + ENDS_WITH_INPUT + "=true", "-cp", System.getProperty("java.class.path"), main));
        try {
            return new ProcessBuilder(
                            Stream.concat(command.stream(), arguments.stream()).toList())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a process: " + e.getMessage(), e);
        }
    }
}
