package adamscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a run left in a folder, to be held against what another one left.
///
/// @param digests of the files there are; of those that vary, that they are there and one of them holds something
record LeftFiles(Map<String, String> digests) {
    /// Files that hold times or names of the process.
    private static final Pattern VARYING =
            Pattern.compile("provenance\\.json|\\.lock|events\\.out\\..*|live\\.jsonl|sweep\\.json|report\\.html");

    /// A lock, a damaged checkpoint that was set aside and tiles that the disk would not let go do no harm.
    ///
    /// @param folder with the run in `out`
    static LeftFiles of(Path folder) throws Exception {
        Map<String, String> files = new TreeMap<>();
        boolean complete = Files.exists(folder.resolve("out/provenance.json"));
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock")
                            && !file.toString().endsWith(".damaged"))
                    .filter(file -> !complete || !file.getParent().endsWith("tiles"))
                    .toList()) {
                String place = folder.relativize(file).toString().replaceAll("events\\.out\\..*", "events");
                files.merge(place, digest(file), (one, other) -> one.isEmpty() ? other : one);
            }
        }
        return new LeftFiles(files);
    }

    private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
        if (VARYING.matcher(file.getFileName().toString()).matches()) {
            return Files.size(file) > 0 ? "something" : "";
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /// What is not as expected, in words.
    List<String> differencesFrom(LeftFiles expected) {
        TreeMap<String, String> all = new TreeMap<>(expected.digests);
        all.putAll(digests);
        return all.keySet().stream()
                .filter(file -> !expected.digests.getOrDefault(file, "").equals(digests.getOrDefault(file, "")))
                .map(file -> (!digests.containsKey(file)
                                ? "lacks "
                                : expected.digests.containsKey(file) ? "changed " : "has ")
                        + file)
                .toList();
    }
}
