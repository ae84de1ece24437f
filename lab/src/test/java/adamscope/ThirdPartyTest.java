package adamscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {

    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\| (.+?) \\| .+ \\|$");
    private static final Pattern RESOLVED = Pattern.compile("(?m)^\\s+([\\w.-]+:[\\w.-]+):jar:");

    /// Written by the build before the tests: the libraries of the distribution, ours apart.
    private static final Path DISTRIBUTED = Path.of("target", "distributed.txt");

    @Test
    void thirdPartyListsExactlyTheLibrariesOfTheDistribution() throws IOException {
        Set<String> distributed = RESOLVED.matcher(Files.readString(DISTRIBUTED))
                .results()
                .map(library -> library.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(distributed).isNotEmpty();
        assertThat(licences().keySet()).isEqualTo(distributed);
    }

    @Test
    void everyLicenceOfTheListStandsInTheLicencesFolder() {
        Set<String> named = licences().values().stream()
                .flatMap(
                        text -> Arrays.stream(text.replaceAll("\\([^)]*\\)", "").split(", | with ")))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
        named.remove("Apache-2.0"); // our own licence, in LICENSE
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(licence ->
                        assertThat(Path.of("..", "licenses", licence + ".txt")).isNotEmptyFile());
    }

    /// Library → licence, as in the table of THIRD-PARTY.md.
    private static Map<String, String> licences() {
        try {
            return LISTED.matcher(Files.readString(Path.of("..", "THIRD-PARTY.md")))
                    .results()
                    .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
