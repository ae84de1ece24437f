package adamscope.run;

import adamscope.store.JsonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Of several experiments, by name.
public record SeriesFound(Map<String, Finding> parts) implements Finding {
    @Override
    public boolean interrupted() {
        return parts.values().stream().anyMatch(Finding::interrupted);
    }

    @Override
    public Map<String, Object> document(Path folder) {
        return JsonDocument.object("parts", parts(folder));
    }

    @Override
    public Map<String, Object> parts(Path folder) {
        Map<String, Object> documents = new LinkedHashMap<>();
        parts.forEach((name, part) -> documents.put(name, part.document(folder)));
        return documents;
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        parts.forEach((name, part) -> lines.add(Finding.line("%-12s %s", name, part.inShort())));
        return lines;
    }
}
