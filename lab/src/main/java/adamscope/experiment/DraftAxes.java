package adamscope.experiment;

import adamscope.shape.Decimal;
import adamscope.shape.Node;
import adamscope.sweep.Axis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The options `--x` and `--y` among the values of a draft's optimizer.
final class DraftAxes {
    private DraftAxes() {}

    /// The optimizer with these axes in place of those that it had.
    ///
    /// @param x `name=from:to:points`; null: not given
    static Node.Mapping of(Node.Mapping optimizer, String x, String y) {
        List<Node.Mapping> found = optimizer.fields().values().stream()
                .filter(Node.Mapping.class::isInstance)
                .map(Node.Mapping.class::cast)
                .toList();
        List<String> names = optimizer.fields().entrySet().stream()
                .filter(field -> field.getValue() instanceof Node.Mapping)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Node> axes = new LinkedHashMap<>();
        for (int place = 0; place < Math.max(2, found.size()); place++) {
            String option = place == 0 ? "--x" : "--y";
            String text = place == 0 ? x : place == 1 ? y : null;
            boolean given = text != null;
            if (!given && place >= found.size()) {
                continue;
            }
            Axis axis = given ? axis(option, text) : null;
            String name = given ? axis.name() : names.get(place);
            if (axes.putIfAbsent(name, given ? node(option, axis) : found.get(place)) != null) {
                throw new IllegalArgumentException(option + " " + name + ": both axes have this name");
            }
        }
        Map<String, Node> fields = new LinkedHashMap<>(optimizer.fields());
        names.forEach(fields::remove);
        axes.keySet().forEach(name -> refuseValue(name, fields.remove(name)));
        fields.putAll(axes);
        return new Node.Mapping(optimizer.label(), fields);
    }

    private static Axis axis(String option, String text) {
        try {
            return Axis.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    /// A value in a file gives way to an axis; a value that was set beside it is a contradiction.
    private static void refuseValue(String name, Node value) {
        if (value instanceof Node.Scalar(String label, var _) && label.startsWith("--set")) {
            throw new IllegalArgumentException(label + ": the hyper-parameter " + name + " has an axis too");
        }
    }

    private static Node node(String option, Axis axis) {
        String label = option + " " + axis.name();
        Map<String, Node> fields = new LinkedHashMap<>();
        fields.put("from", new Node.Scalar(label + ": from", Decimal.written(axis.from())));
        fields.put("to", new Node.Scalar(label + ": to", Decimal.written(axis.to())));
        fields.put("points", new Node.Scalar(label + ": points", Integer.toString(axis.points())));
        fields.put("scale", new Node.Scalar(label + ": scale", axis.scale().word()));
        return new Node.Mapping(label, fields);
    }
}
