package adamscope.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where results come from: what computed them, on what, when.
///
/// @param build           version and commit of the program
/// @param jdk             vendor and version of Java
/// @param jvmFlags        options of the Java virtual machine
/// @param operatingSystem name, version, architecture
/// @param processor       model as the system names it
/// @param threads         processors available to Java
/// @param memoryBytes     largest heap
/// @param commandLine     arguments of the program
/// @param start           time of the start
/// @param seconds         duration of the run; NaN while it is not complete
/// @param seeds           seeds by what they are for
/// @param results         what the run found, in short
/// @param complete        whether the run came to its end; false in what is not written yet
public record Provenance(
        ProgramBuild build,
        String jdk,
        List<String> jvmFlags,
        String operatingSystem,
        String processor,
        int threads,
        long memoryBytes,
        List<String> commandLine,
        Instant start,
        double seconds,
        Map<String, Long> seeds,
        Map<String, Object> results,
        boolean complete) {

    /// A run that begins now, here.
    static Provenance begin(List<String> commandLine, Instant now) {
        return new Provenance(
                ProgramBuild.current(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                List.copyOf(commandLine),
                now,
                Double.NaN,
                Map.of(),
                Map.of(),
                false);
    }

    /// The same run, ended.
    Provenance end(double seconds, Map<String, Long> seeds, Map<String, Object> results) {
        return new Provenance(
                build,
                jdk,
                jvmFlags,
                operatingSystem,
                processor,
                threads,
                memoryBytes,
                commandLine,
                start,
                seconds,
                seeds,
                results,
                true);
    }

    String toJson() {
        return JsonDocument.text(JsonDocument.object(
                "version", build.version(),
                "commit", build.commit(),
                "jdk", jdk,
                "jvmFlags", jvmFlags,
                "operatingSystem", operatingSystem,
                "processor", processor,
                "threads", threads,
                "memoryBytes", memoryBytes,
                "commandLine", commandLine,
                "start", start,
                "seconds", seconds,
                "seeds", seeds,
                "results", results,
                "complete", complete));
    }

    /// What a run folder says it found, by part; nothing where it is not complete, or this cannot be read.
    public static Map<String, Object> results(Path folder) {
        try {
            return fromJson(new ObjectMapper().readTree(Files.readString(folder.resolve(ResultStore.PROVENANCE))))
                    .results();
        } catch (IOException | DateTimeParseException _) {
            return Map.of();
        }
    }

    static Provenance fromJson(JsonNode json) {
        Map<String, Long> seeds = new LinkedHashMap<>();
        json.path("seeds")
                .properties()
                .forEach(seed -> seeds.put(seed.getKey(), seed.getValue().asLong()));
        Map<String, Object> results = new LinkedHashMap<>();
        json.path("results").properties().forEach(result -> results.put(result.getKey(), plain(result.getValue())));
        return new Provenance(
                new ProgramBuild(
                        json.path("version").asText(), json.path("commit").asText()),
                json.path("jdk").asText(),
                texts(json.path("jvmFlags")),
                json.path("operatingSystem").asText(),
                json.path("processor").asText(),
                json.path("threads").asInt(),
                json.path("memoryBytes").asLong(),
                texts(json.path("commandLine")),
                Instant.parse(json.path("start").asText()),
                json.path("seconds").asDouble(Double.NaN),
                seeds,
                results,
                json.path("complete").asBoolean());
    }

    /// JSON as the values that [JsonDocument] writes.
    private static Object plain(JsonNode json) {
        if (json.isObject()) {
            Map<String, Object> object = new LinkedHashMap<>();
            json.properties().forEach(field -> object.put(field.getKey(), plain(field.getValue())));
            return object;
        }
        if (json.isArray()) {
            List<Object> items = new ArrayList<>();
            json.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (json.isNull()) {
            return null;
        }
        return json.isIntegralNumber()
                ? (Object) json.asLong()
                : json.isNumber() ? (Object) json.asDouble() : json.isBoolean() ? json.asBoolean() : json.asText();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static String processorModel() {
        Path description = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(description)) {
            return System.getProperty("os.arch");
        }
        try {
            return Files.readAllLines(description).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }
}
