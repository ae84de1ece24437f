package adamscope.corpus;
import adamscope.diagnosis.*;
import java.util.*;
class ScratchTest {
    public static void main(String[] a) {
        int each = Integer.parseInt(a[0]);
        Set<String> only = a.length > 1 ? Set.of(a[1].split(",")) : null;
        boolean verbose = a.length > 2;
        Map<Confusion.Logged, Confusion> all = new EnumMap<>(Confusion.Logged.class);
        for (var l : Confusion.Logged.values()) all.put(l, Confusion.empty());
        for (Cause cause : Cause.values()) {
            if (only != null && !only.contains(cause.key())) continue;
            long t0 = System.nanoTime();
            List<Corpus.Labelled> runs;
            try { runs = Corpus.of(cause, 1, each); } catch (IllegalStateException e) { System.out.println(e.getMessage()); continue; }
            System.out.println(cause + " last seed " + runs.getLast().seed() + "  s=" + (System.nanoTime() - t0) * 1e-9);
            for (var r : runs) for (var l : Confusion.Logged.values()) {
                all.get(l).count(r, l);
                if (l == Confusion.Logged.ALL && (verbose || !Confusion.named(r, l).equals(r.cause()))) show(r);
            }
        }
        for (var r : Corpus.quiet(1, each)) for (var l : Confusion.Logged.values()) { all.get(l).count(r, l); if (l == Confusion.Logged.ALL && Confusion.named(r, l).isPresent()) show(r); }
        for (var l : Confusion.Logged.values()) {
            System.out.println(l + " macro " + all.get(l).macroRecall());
            for (int i = 0; i < 10; i++) System.out.println("%20s %s  %.2f".formatted(Confusion.classes().get(i), Arrays.toString(all.get(l).counts()[i]), all.get(l).recall(i)));
        }
    }
    static void show(Corpus.Labelled r) {
        Diagnosis d = Confusion.diagnosis(r, Confusion.Logged.ALL);
        System.out.println("  MISS " + r.log().name() + " from " + r.from() + " rises " + d.rises() + " " + d.log().hyper());
        d.highest().ifPresent(e -> {
            System.out.println("    " + e.event() + "\n    " + e.signs());
            for (var s : e.suspects().subList(0, 4)) System.out.println("    " + s.cause() + " %.2f ".formatted(s.weight()) + s.evidence() + " AGAINST " + s.against());
        });
    }
}
