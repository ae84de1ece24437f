package adamscope.sweep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/// A cluster in simulated time: what happens, and when, is a function of the seed. Workers take tiles and die with
/// them, stall until another has answered for them, answer twice, lose their answers; the driver dies with all of them.
///
/// @param work gives the rows
/// @param risk of each fault at each tile, from 0
record SimulatedCluster(long seed, TileWork work, double risk) implements Engine {
    /// What the death of the driver looks like to who waits for it.
    static final class DriverDied extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private enum Happens {
        ANSWERS,
        ANSWERS_AGAIN,
        DIES,
        IS_MISSED
    }

    private record Event(long time, long number, Happens what, Tile tile) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }

    @Override
    public void run(FormulaSweep sweep, Iterator<Tile> tiles, TileSink finished, BooleanSupplier stopped) {
        Random chance = new Random(seed);
        Deque<Tile> queue = new ArrayDeque<>();
        tiles.forEachRemaining(queue::add);
        PriorityQueue<Event> events = new PriorityQueue<>();
        Set<String> answered = new HashSet<>();
        int all = queue.size();
        int idle = 1 + chance.nextInt(5);
        long number = 0;
        long now = 0;
        while (answered.size() < all) {
            for (; idle > 0 && !queue.isEmpty(); idle--) {
                Tile tile = queue.poll();
                long takes = 1 + chance.nextInt(100);
                double fate = chance.nextDouble();
                if (fate < risk) {
                    events.add(new Event(now + takes, number++, Happens.DIES, tile));
                } else if (fate < 2 * risk) {
                    // Missed while it still works: another takes the tile, and both answer.
                    events.add(new Event(now + takes, number++, Happens.IS_MISSED, tile));
                    events.add(new Event(now + 50 * takes, number++, Happens.ANSWERS, tile));
                } else {
                    events.add(new Event(now + takes, number++, Happens.ANSWERS, tile));
                    if (fate < 3 * risk) {
                        events.add(new Event(now + takes + chance.nextInt(300), number++, Happens.ANSWERS_AGAIN, tile));
                    }
                }
            }
            Event next = events.remove();
            now = next.time();
            if (stopped.getAsBoolean()) {
                throw new CancellationException();
            }
            if (chance.nextDouble() < risk / 4) {
                throw new DriverDied();
            }
            idle += next.what() == Happens.ANSWERS || next.what() == Happens.DIES ? 1 : 0;
            switch (next.what()) {
                case ANSWERS, ANSWERS_AGAIN -> {
                    finished.accept(next.tile(), work.rows(next.tile().points(), stopped));
                    answered.add(next.tile().name());
                }
                case DIES, IS_MISSED -> queue.addFirst(next.tile());
            }
        }
    }
}
