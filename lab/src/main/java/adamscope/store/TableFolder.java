package adamscope.store;

import adamscope.data.AtomicFile;
import adamscope.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A folder of tables and texts that no experiment made; [RunQuery] reads its tables as those of a run.
public final class TableFolder {
    private TableFolder() {}

    /// Writes `NAME.parquet` for each table, and the texts by the names of their files, in a folder that is there.
    public static void write(Path folder, List<Table> tables, Map<String, String> texts) throws IOException {
        for (Table table : tables) {
            AtomicFile.place(folder.resolve(table.name() + RunQuery.TABLE_END), part -> Parquet.write(table, part));
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            AtomicFile.write(folder.resolve(text.getKey()), text.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Whether a folder holds tables and no run.
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("inspection.json"))
                && !Files.exists(folder.resolve(ResultStore.EXPERIMENT));
    }
}
