package adamscope.regime;

/// The lowest sustained loss of the recent past.
final class LossFloor {
    private final int reach;
    private final double[] levels;
    private final int[] candidates;
    private int head;
    private int tail;

    LossFloor(int reach, double[] levels) {
        this.reach = reach;
        this.levels = levels;
        this.candidates = new int[levels.length];
    }

    void add(int i) {
        while (tail > head && levels[candidates[tail - 1]] >= levels[i]) {
            tail--;
        }
        candidates[tail++] = i;
        while (candidates[head] < i - reach) {
            head++;
        }
    }

    boolean filled() {
        return tail > head;
    }

    double lowest() {
        return levels[candidates[head]];
    }

    int lowestAt() {
        return candidates[head];
    }

    void clear() {
        head = 0;
        tail = 0;
    }
}
