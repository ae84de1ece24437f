package adamscope.rule;

import adamscope.optimizer.Domain;
import adamscope.shape.Alternatives;
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
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Something that changes in the middle of a training, after step `at` was made: step `at` + 1 is the first to feel it.
public sealed interface Change {

    /// Every change by the key that says what happens.
    Alternatives<Change> WORDS = Alternatives.byKey(List.of(
            word(
                    Freeze.class,
                    Key.of("freeze", only("preconditioner"), "what stays as it is"),
                    c -> "preconditioner",
                    (at, _) -> new Freeze(at)),
            word(Retune.class, Key.of("set", new Schedules(), "values or schedules"), Retune::schedules, Retune::new),
            word(
                    Clear.class,
                    Key.of("clear", Forms.text("STATE"), "the state that becomes 0"),
                    Clear::state,
                    Clear::new),
            word(
                    Floor.class,
                    Key.of("floor", Forms.text("STATE"), "the state that stays at or above its value"),
                    Floor::state,
                    Floor::new),
            word(Skip.class, Key.of("skip", only("step"), "what is not made"), c -> "step", (at, _) -> new Skip(at))));

    private static Form<String> only(String word) {
        return Forms.word(List.of(word), Function.identity());
    }

    private static <C extends Change, V> Alternatives.Word<C> word(
            Class<C> type, Key<V> what, Function<C, V> of, BiFunction<Long, V, C> made) {
        return Alternatives.Word.of(what.name(), type, Shape.of(keys -> {
            var at = keys.add(
                    Key.of("at", Forms.whole(0, Long.MAX_VALUE), "the last step before the change"), Change::at);
            keys.add(what, of);
            return in -> made.apply(in.get(at), in.get(what));
        }));
    }

    /// Schedules for hyper-parameters of the training's optimizer, sorted by name in writing.
    record Schedules() implements Form<Map<String, Schedule>> {
        @Override
        public Map<String, Schedule> read(Node node, Given given) {
            TunedSchedule tuned = given.around(TunedSchedule.OPTIMIZER)
                    .map(around -> around.get(TunedSchedule.OPTIMIZER))
                    .orElseThrow(() -> new IllegalArgumentException("'set' needs an optimizer around it"));
            return TunedSchedule.FORM.values(tuned.rule(), node.mapping(), given);
        }

        @Override
        public Map<String, Object> write(Map<String, Schedule> schedules, Optional<Path> folder) {
            Map<String, Object> written = new TreeMap<>();
            schedules.forEach((name, schedule) ->
                    written.put(name, Schedule.form(Domain.ALL).write(schedule, folder)));
            return written;
        }

        @Override
        public Allowed allowed() {
            return new Allowed(
                    "mapping of names to values or schedules", "{NAME: VALUE}", () -> Map.of("type", "object"), false);
        }
    }

    /// The last step before the change; 0: before the first.
    long at();

    /// The preconditioner P of step `at` stays from then on; the states go on as before.
    ///
    /// Frozen Adam of paper 3, section 3, in the middle of a run. The P of a rule holds its bias correction, which is
    /// frozen with it.
    record Freeze(long at) implements Change {
        public Freeze {
            if (at < 1) {
                throw new IllegalArgumentException(
                        "at = " + at + " is outside [1, inf): a preconditioner exists after the first step");
            }
        }
    }

    /// Hyper-parameters follow other schedules, which see the number of the step as it is, not counted from the change.
    record Retune(long at, Map<String, Schedule> schedules) implements Change {
        public Retune {
            notNegative(at);
            schedules = Map.copyOf(schedules);
        }
    }

    /// A state becomes 0 in every coordinate.
    record Clear(long at, String state) implements Change {
        public Clear {
            notNegative(at);
        }
    }

    /// A state stays at or above its value after step `at` in every coordinate: after each later step it becomes the
    /// larger of the two.
    record Floor(long at, String state) implements Change {
        public Floor {
            notNegative(at);
        }
    }

    /// Step `at` + 1 is not made: parameters and states stay, its batch is not used. The clock of the rule goes on, so
    /// the bias correction counts the step.
    record Skip(long at) implements Change {
        public Skip {
            notNegative(at);
        }
    }

    private static void notNegative(long at) {
        if (at < 0) {
            throw new IllegalArgumentException("at = " + at + " is outside [0, inf)");
        }
    }
}
