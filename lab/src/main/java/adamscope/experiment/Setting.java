package adamscope.experiment;

import adamscope.shape.Decimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    /// Reads every one of them.
    ///
    /// @throws IllegalArgumentException if a name is given twice
    public static List<Setting> readAll(List<String> texts) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (String text : texts) {
            Setting setting = read(text);
            Setting other = settings.putIfAbsent(setting.name(), setting);
            if (other != null) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "--set %s is given twice, as %s and as %s",
                        setting.name(),
                        other.value(),
                        setting.value()));
            }
        }
        return List.copyOf(settings.values());
    }

    /// The values by name.
    public static Map<String, Double> values(List<String> texts) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Setting setting : readAll(texts)) {
            values.put(setting.name(), Decimal.read("--set " + setting.name(), setting.value()));
        }
        return values;
    }
}
