package adamscope.experiment;

import adamscope.shape.Decimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A value for a hyper-parameter, as the option `--set name=value` gives it.
public record Setting(String name, String value) {
    /// What options with settings are called where none is named.
    private static final String SET = "--set";

    /// A comma before a name: commas within a value stay.
    private static final Pattern BETWEEN = Pattern.compile(",(?=\\s*[A-Za-z_][\\w.]*\\s*(=|,|$))");

    /// Reads `beta2=0.99`, several with commas between them.
    ///
    /// @throws IllegalArgumentException if a text has no name or no value, or a name is given twice
    public static List<Setting> readAll(List<String> texts) {
        return readAll(SET, texts);
    }

    private static List<Setting> readAll(String option, List<String> texts) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (String text : texts.stream().flatMap(BETWEEN::splitAsStream).toList()) {
            Setting setting = read(option, text);
            Setting other = settings.putIfAbsent(setting.name(), setting);
            if (other != null) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s %s is given twice, as %s and as %s",
                        option,
                        setting.name(),
                        other.value(),
                        setting.value()));
            }
        }
        return List.copyOf(settings.values());
    }

    private static Setting read(String option, String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    option + " " + text + ": write NAME=VALUE, such as " + option + " beta2=0.99");
        }
        return new Setting(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    /// The values by name.
    public static Map<String, Double> values(List<String> texts) {
        return values(SET, texts);
    }

    /// The same of another option.
    public static Map<String, Double> values(String option, List<String> texts) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Setting setting : readAll(option, texts)) {
            values.put(setting.name(), Decimal.read(option + " " + setting.name(), setting.value()));
        }
        return values;
    }
}
