package adamscope.cli;

import adamscope.serve.OwnProgram;
import adamscope.serve.Server;
import adamscope.text.FileReason;
import adamscope.text.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adamscope serve [DIR]`: the pages with the program behind them.
@Command(
        name = "serve",
        description = {
            "Serve a folder of runs and the explorer to browsers of this machine, until Ctrl-C or SIGTERM (exit code 0"
                    + " after the latter): runs listed, their reports, runs side by side.",
            "Prints the address, which has a token; whoever has the address may see what is in the folder. The folder"
                    + " keeps the token, so that the address stays the same."
        },
        footerHeading = "%nExample:%n",
        footer = "  adamscope serve runs")
final class CommandServe implements Callable<Integer> {
    private static final Path RUNS = Path.of("runs");
    private static final int PORT = 8765;
    private static final int LOOK_MILLIS = 100;
    private static final String LOOPBACK = "127.0.0.1";

    private final Console console;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Folder of runs (default: runs, made if need be).")
    private Path folder;

    @Option(names = "--port", paramLabel = "N", description = "Where it listens (default 8765; 0: a free one).")
    private int port = PORT;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "An address of this machine that others reach, or 0.0.0.0 for all (default 127.0.0.1, for"
                    + " this machine alone). What is sent is not encrypted.")
    private String host = LOOPBACK;

    CommandServe(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.interruption().endIsWanted();
        BooleanSupplier stopping = console.stopping();
        try (Server server = Server.start(place(), host, port, new OwnProgram(Main.class.getName()), console)) {
            console.wayOn("the same address again with: " + again(server.port()));
            console.line(server.address());
            console.flush();
            server.warm();
            while (!stopping.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            // the server ends in peace
            Thread.interrupted();
        } catch (InterruptedException _) {
            throw new CancellationException();
        }
        throw new CancellationException();
    }

    private String again(int listening) {
        List<Object> words = new ArrayList<>(List.of("serve"));
        if (listening != PORT) {
            words.addAll(List.of("--port", listening));
        }
        if (!host.equals(LOOPBACK)) {
            words.addAll(List.of("--host", host));
        }
        words.add(place());
        return Shell.call(words.toArray());
    }

    private Path place() {
        if (folder != null) {
            return folder;
        }
        try {
            return Files.createDirectories(RUNS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + RUNS + ": " + FileReason.of(e), e);
        }
    }
}
