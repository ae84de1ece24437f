package adamscope.sweep;

import adamscope.shape.Form;
import adamscope.shape.Forms;
import adamscope.shape.Given;
import adamscope.shape.Key;
import adamscope.shape.Node;
import adamscope.shape.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// See [Coordinate#form].
record CoordinateForm(String name) implements Form<Coordinate> {
    private static final String VALUES = "values";
    private static final Form<List<Double>> NUMBERS = Forms.list(Forms.number(), "numbers");

    private Shape<Listed> listed() {
        return Shape.of(keys -> {
            var values = keys.add(Key.of(VALUES, NUMBERS, "each value"), Listed::values);
            return in -> new Listed(name, in.get(values));
        });
    }

    /// An axis with points, or sampled.
    private Shape<Coordinate> ranged() {
        return Shape.of(keys -> {
            var from = keys.add(Key.of("from", Forms.number(), "the least value"), Coordinate::least);
            var to = keys.add(Key.of("to", Forms.number(), "the greatest value"), Coordinate::greatest);
            var points = keys.add(
                    Key.optional("points", Forms.count(Integer.MIN_VALUE), "how many; without: sampled"),
                    range -> range instanceof Axis axis ? Optional.of(axis.points()) : Optional.empty());
            var scale = keys.add(Axis.scaleKey(), range -> switch (range) {
                case Axis axis -> axis.scale();
                case Sampled sampled -> sampled.scale();
                case Listed _ -> throw new IllegalArgumentException("a list has no scale");
            });
            return in -> in.get(points)
                    .<Coordinate>map(count -> new Axis(name, in.get(from), in.get(to), count, in.get(scale)))
                    .orElseGet(() -> new Sampled(name, in.get(from), in.get(to), in.get(scale)));
        });
    }

    @Override
    public Coordinate read(Node node, Given given) {
        if (!(node instanceof Node.Mapping mapping)) {
            return new Listed(name, NUMBERS.read(node, given));
        }
        return mapping.fields().containsKey(VALUES) ? listed().read(node, given) : ranged().read(node, given);
    }

    @Override
    public Map<String, Object> write(Coordinate coordinate, Optional<Path> folder) {
        return switch (coordinate) {
            case Listed list -> listed().write(list, folder);
            case Axis _, Sampled _ -> ranged().write(coordinate, folder);
        };
    }

    @Override
    public Allowed allowed() {
        return Allowed.structure(
                "list of values, {values} or {from, to, points, scale}",
                () -> Map.of(
                        "anyOf",
                        Stream.of(NUMBERS, listed(), ranged())
                                .map(form -> form.allowed().schema().get())
                                .toList()));
    }
}
