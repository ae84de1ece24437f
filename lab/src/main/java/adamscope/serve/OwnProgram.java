package adamscope.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// This program as a process of its own, with the Java, options and classes of this one. It is to end where it can go
/// on as soon as its standard input ends, however that comes about: so it never outlives the one that began it.
///
/// @param main the class that begins
public record OwnProgram(String main) {
    /// The property that makes the program listen to the end of its standard input.
    public static final String ENDS_WITH_INPUT = "adamscope.endsWithInput";

    /// What belongs to this process alone: a terminal, the port of a debugger, a file that is written at the end.
    private static final List<String> OWN =
            List.of("-Dadamscope.terminal", "-agentlib:", "-agentpath:", "-javaagent:", "-XX:DumpLoadedClassList");

    /// What the launcher gives a sweep; whoever gives more to the server gives it to its sweeps.
    static final List<String> OF_SWEEPS = List.of("-XX:+UseSerialGC", "-Xmx600m");

    /// Begins it; what it says comes by standard error alone.
    Process start(List<String> arguments) {
        try {
            return new ProcessBuilder(
                            command(ManagementFactory.getRuntimeMXBean().getInputArguments(), arguments))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin a process: " + e.getMessage(), e);
        }
    }

    /// @param options of the JVM of this process
    List<String> command(List<String> options, List<String> arguments) {
        List<String> kept = options.stream()
                .filter(option -> OWN.stream().noneMatch(option::startsWith))
                .toList();
        boolean collects = kept.stream().anyMatch(option -> option.matches("-XX:[+]Use[A-Za-z0-9]*GC"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (arguments.getFirst().equals("sweep")) {
            // of two the later one holds, but there can be one collector only
            command.addAll(collects ? OF_SWEEPS.subList(1, 2) : OF_SWEEPS);
        }
        command.addAll(kept);
        command.addAll(List.of("-D" + ENDS_WITH_INPUT + "=true", "-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }
}
