package adamscope.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value for a hyper-parameter, as the option `--set name=value` gives it.
public record Setting(String name, String value) {

    /// Reads `beta2=0.99`.
    ///
    /// @throws IllegalArgumentException if the text has no name or no value
    public static Setting read(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException("--set " + text + ": write NAME=VALUE, such as --set beta2=0.99");
        }
        return new Setting(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    /// The values by name; of two for one name the last holds.
    public static Map<String, Double> values(List<String> settings) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String text : settings) {
            Setting setting = read(text);
            values.put(setting.name(), Decimal.read("--set " + setting.name(), setting.value()));
        }
        return values;
    }
}
