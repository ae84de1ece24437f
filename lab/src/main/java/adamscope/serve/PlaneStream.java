package adamscope.serve;

import adamscope.page.Answers;
import adamscope.page.AskedPlane;
import adamscope.report.PhaseFigure;
import adamscope.store.JsonDocument;
import adamscope.sweep.Axis;
import adamscope.sweep.FormulaSweep;
import adamscope.sweep.LocalEngine;
import adamscope.sweep.Tile;
import adamscope.table.Table;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// A phase plane as the explorer reads it: a line of JSON that says where its cells lie, one for each tile that is
/// done, coarse ones first, and `{"end": true}`, or a line with `error`.
///
/// @param stopped whether the page wants something else by now
record PlaneStream(Map<String, Object> question, Turns turns, BooleanSupplier stopped) implements HttpAnswer {
    /// As the page paints them; the first are few cells, which are soon there.
    private static final List<Integer> STRIDES = List.of(32, 16, 8, 4, 2, 1);

    private static final int BLOCK = 384;
    private static final int MOST_ACROSS = 1024;

    /// Steps of all its runs together: a minute and more.
    private static final double MOST_WORK = 1e11;

    @Override
    public void send(HttpExchange to) throws IOException {
        AskedPlane plane;
        try {
            refuseEndless(question);
            plane = AskedPlane.of(question);
        } catch (RuntimeException wrong) {
            Whole.json(Answers.fault(wrong)).send(to);
            return;
        }
        HttpAnswer.head(to, Whole.LINES, Leave.OWN);
        to.sendResponseHeaders(OK, 0);
        Lines lines = new Lines(to.getResponseBody());
        try {
            lines.write(JsonDocument.line(plane.frame()));
            turns.take(stopped, () -> run(plane.sweep(), lines));
            lines.write("{\"end\":true}");
        } catch (HttpProblem busy) {
            lines.write(JsonDocument.line(JsonDocument.object("error", busy.getMessage())));
        } catch (CancellationException _) {
            // The page asks for something else, or nobody is there.
            return;
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /// Before anything is made that is as large as what is asked for.
    private static void refuseEndless(Map<String, Object> question) {
        double across = number(question, "xPoints");
        double high = number(question, "yPoints");
        if (!(Math.max(across, high) <= MOST_ACROSS && across * high * number(question, "steps") <= MOST_WORK)) {
            throw new IllegalArgumentException("a page takes up to " + MOST_ACROSS
                    + " cells across and 1e11 steps in all; phase and sweep take more");
        }
    }

    private static double number(Map<String, Object> question, String key) {
        return question.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Boolean run(FormulaSweep sweep, Lines lines) {
        FormulaSweep judged = new FormulaSweep(sweep.run(), sweep.space(), sweep.derived(), List.of("outcome"));
        int across = ((Axis) sweep.space().coordinates().getFirst()).points();
        int high = (int) (sweep.space().points() / across);
        LocalEngine.ofThisMachine()
                .run(judged, tiles(across, high).iterator(), (tile, rows) -> lines.write(line(tile, rows)), stopped);
        return true;
    }

    /// Every cell once, each level twice as fine as the one before.
    static List<Tile> tiles(int across, int high) {
        List<Tile> tiles = new ArrayList<>();
        for (int stride : STRIDES) {
            long[] level = new long[across * high];
            int count = 0;
            for (int y = 0; y < high; y += stride) {
                for (int x = 0; x < across; x += stride) {
                    if (stride == STRIDES.getFirst() || x % (2 * stride) != 0 || y % (2 * stride) != 0) {
                        level[count++] = (long) y * across + x;
                    }
                }
            }
            for (int from = 0; from < count; from += BLOCK) {
                long[] points = Arrays.copyOfRange(level, from, Math.min(count, from + BLOCK));
                tiles.add(new Tile.Chosen(stride, from / BLOCK, points));
            }
        }
        return tiles;
    }

    private static String line(Tile tile, Table rows) {
        StringBuilder line = new StringBuilder("{\"stride\":" + ((Tile.Chosen) tile).level() + ",\"points\":[");
        for (long point : tile.points()) {
            line.append(point).append(',');
        }
        line.setCharAt(line.length() - 1, ']');
        line.append(",\"kinds\":\"");
        for (int kind : PhaseFigure.kinds(rows)) {
            line.append(kind < 0 ? '/' : (char) ('0' + kind));
        }
        return line.append("\"}").toString();
    }

    /// Whole lines, from any thread, each on its way at once.
    private record Lines(OutputStream out) {
        synchronized void write(String line) {
            try {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
