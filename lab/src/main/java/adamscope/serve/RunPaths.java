package adamscope.serve;

import adamscope.store.RunList;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Run folders and their files by the paths of addresses; nothing outside the served folder has one.
///
/// @param root the served folder, without links in its path
record RunPaths(Path root) {
    /// A run folder, and what is asked of it.
    ///
    /// @param inside names below the folder; none: the folder itself
    record Found(Path run, List<String> inside) {}

    /// The address of a run folder below the one of all runs.
    String address(Path run) {
        return StreamSupport.stream(root.relativize(run).spliterator(), false)
                .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /// Its name, from the served folder.
    String name(Path run) {
        return root.relativize(run).toString();
    }

    /// The run folder at an address, or above it.
    ///
    /// @throws HttpProblem if there is none
    Found found(String address) {
        return found(Arrays.stream(address.split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList());
    }

    private Found found(List<String> parts) {
        Path at = root;
        for (int i = 0; i < parts.size(); i++) {
            at = below(at, parts.get(i));
            if (RunList.isRun(at)) {
                List<String> inside = parts.subList(i + 1, parts.size());
                return new Found(at, inside.equals(List.of("")) ? List.of() : inside);
            }
        }
        throw absent();
    }

    /// The run folder of a name.
    ///
    /// @throws HttpProblem if there is none
    Path run(String name) {
        Found found = found(List.of(name.split("/", -1)));
        if (!found.inside().isEmpty()) {
            throw absent();
        }
        return found.run();
    }

    /// A file of a run.
    ///
    /// @throws HttpProblem if there is none, or it lies elsewhere
    Path file(Found found) {
        Path at = found.run();
        for (String part : found.inside()) {
            at = below(at, part);
        }
        if (!Files.isRegularFile(at)) {
            throw new HttpProblem(
                    HttpProblem.NOT_FOUND,
                    "there is no " + String.join("/", found.inside()) + " in " + name(found.run())
                            + "; a run that is not finished has no report yet");
        }
        return at;
    }

    /// One name further down: no way up, no second name in it, nothing hidden, no link that leads out.
    private Path below(Path folder, String part) {
        if (part.isEmpty() || part.startsWith(".") || part.chars().anyMatch(c -> c == '/' || c == '\\' || c == 0)) {
            throw absent();
        }
        try {
            Path at = folder.resolve(part);
            if (Files.exists(at) && !at.toRealPath().startsWith(root)) {
                throw new HttpProblem(HttpProblem.FORBIDDEN, part + " is a link that leads out of the served folder");
            }
            return at;
        } catch (InvalidPathException | IOException _) {
            throw absent();
        }
    }

    private static HttpProblem absent() {
        return new HttpProblem(HttpProblem.NOT_FOUND, "there is nothing at this address");
    }

    /// What a browser is told that a file is; empty: something to be kept.
    static String type(Path file) {
        String name = file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "gif" -> "image/gif";
            case "yaml", "json", "jsonl", "csv", "txt", "opt", "md" -> "text/plain; charset=utf-8";
            default -> "";
        };
    }
}
