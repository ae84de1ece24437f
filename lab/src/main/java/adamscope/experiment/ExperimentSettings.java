package adamscope.experiment;

import adamscope.formula.PlainText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// All that an experiment sets, by the name of its key, as text: `optimizer`, `lr`, `beta1`, `steps`, `data.source`.
///
/// Hyper-parameters stand under their own names, the optimizer under `optimizer`; where a hyper-parameter is called as
/// a key of the experiment, it keeps `optimizer.` before it.
public final class ExperimentSettings {
    private static final String OPTIMIZER = "optimizer";
    private static final Pattern NUMBER = Pattern.compile("(?![+-]?\\d{16,}$)[+-]?\\d+\\.?\\d*([eE][+-]?\\d+)?");

    private ExperimentSettings() {}

    /// The settings in the order of the experiment's file.
    public static Map<String, String> of(Experiment experiment) {
        Map<String, String> written = Differences.values(ExperimentText.write(experiment));
        Map<String, String> settings = new LinkedHashMap<>();
        written.forEach((key, value) -> settings.put(shortened(key, written), plain(value)));
        List<String> rules =
                experiment.rules().stream().map(rule -> rule.name()).distinct().toList();
        if (rules.size() == 1 && written.containsKey(OPTIMIZER + ".rule")) {
            settings.put(OPTIMIZER, rules.getFirst());
        }
        return settings;
    }

    private static String shortened(String key, Map<String, String> all) {
        if (key.equals(OPTIMIZER + ".name")) {
            return OPTIMIZER;
        }
        String own = key.startsWith(OPTIMIZER + ".") ? key.substring(OPTIMIZER.length() + 1) : key;
        return all.containsKey(own) ? key : own;
    }

    /// A number as a reader writes it, `1e-8`; anything else as it is, also a whole number that a double cannot hold.
    static String plain(String value) {
        return NUMBER.matcher(value).matches() ? new PlainText().number(Double.parseDouble(value)) : value;
    }
}
