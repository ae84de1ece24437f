package adamscope.sweep;

import adamscope.table.Table;
import java.util.Iterator;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// The threads of a [LocalEngine], one step at a time in an order that is a function of the seed: each waits with its
/// tile until all others wait or have ended, and one of them is chosen.
final class SteppedThreads implements TileWork {
    private final TileWork work;
    private final Random chance;
    private final double risk;
    private final TreeMap<Long, Boolean> waiting = new TreeMap<>();
    private int running;
    private boolean broken;

    /// @param risk of each tile that the work on it fails
    SteppedThreads(long seed, TileWork work, int threads, double risk) {
        this.work = work;
        this.chance = new Random(seed);
        this.risk = risk;
        this.running = threads;
    }

    /// The tiles, of which a thread that finds none left ends.
    Iterator<Tile> seen(Iterator<Tile> tiles) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!tiles.hasNext()) {
                    ended();
                }
                return tiles.hasNext();
            }

            @Override
            public Tile next() {
                return tiles.next();
            }
        };
    }

    private synchronized void ended() {
        running--;
        choose();
    }

    @Override
    public synchronized Table rows(long[] points, BooleanSupplier stopped) {
        waiting.put(points[0], false);
        running--;
        choose();
        try {
            while (!broken && !waiting.get(points[0])) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        waiting.remove(points[0]);
        if (!broken && chance.nextDouble() < risk) {
            broken = true; // the others end by themselves
            notifyAll();
            throw new SimulatedCluster.DriverDied();
        }
        return work.rows(points, stopped);
    }

    /// Lets one go on when none is at work.
    private void choose() {
        if (running == 0 && !waiting.isEmpty()) {
            waiting.put(waiting.keySet().stream().toList().get(chance.nextInt(waiting.size())), true);
            running++;
            notifyAll();
        }
    }
}
