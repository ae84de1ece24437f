package adamscope.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {
    @Test
    void whatIsLeftOutIsCounted() {
        List<String> parts = List.of("a", "b", "c", "d");
        assertThat(Listing.of(parts, 4)).isEqualTo("a, b, c, d");
        assertThat(Listing.of(parts, 2)).isEqualTo("a, b and 2 more");
        assertThat(Listing.of(parts, 3, "; ")).isEqualTo("a; b; c; and 1 more");
    }
}
