package adamscope.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/// A pickle as libtorch writes it, walked without making anything: how deep its values are nested, and that its memory
/// has no more places than it has bytes (libtorch makes room for the largest number it meets).
///
/// The opcodes are those of Python's `pickletools` that libtorch's reader knows.
final class PickleBounds {
    private static final int DEEPEST = 200;
    private static final int MARK = -1;

    private final ByteBuffer bytes;
    /// How deep each value on the machine's stack is.
    private final Deque<Integer> stack = new ArrayDeque<>();

    private PickleBounds(byte[] pickle) {
        this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @throws IllegalArgumentException if the pickle is damaged or larger in memory than on disk
    static void check(byte[] pickle) {
        new PickleBounds(pickle).walk();
    }

    private void walk() {
        while (bytes.hasRemaining()) {
            int opcode = bytes.get() & 0xff;
            if (opcode == '.') {
                return;
            }
            step(opcode);
        }
        throw fault("ends without its last opcode");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> skip(1);
            case '(' -> stack.push(MARK);
            case ')', ']', '}', 'N', 0x88, 0x89 -> stack.push(0);
            case 'K' -> leaf(1);
            case 'M' -> leaf(2);
            case 'J' -> leaf(4);
            case 'G' -> leaf(8);
            case 0x8a, 'U', 0x8c -> leaf(count(1));
            case 'X', 'T', 'B' -> leaf(count(4));
            case 'c' -> global();
            case 'q' -> memory(bytes(1).get() & 0xff);
            case 'r' -> memory(bytes(4).getInt() & 0xffffffffL);
            case 'h' -> leaf(1);
            case 'j' -> leaf(4);
            case 't' -> push(1 + deepestToMark());
            case 0x85 -> push(1 + pop());
            case 0x86 -> push(1 + Math.max(pop(), pop()));
            case 0x87 -> push(1 + Math.max(pop(), Math.max(pop(), pop())));
            case 'R', 'b', 'a', 0x81 -> push(Math.max(1 + pop(), pop()));
            case 's' -> push(Math.max(1 + Math.max(pop(), pop()), pop()));
            case 'e', 'u' -> push(Math.max(1 + deepestToMark(), pop()));
            case 'Q' -> push(1 + pop());
            case '0' -> pop();
            default -> throw fault(String.format(java.util.Locale.ROOT, "the opcode 0x%02x is unknown", opcode));
        }
    }

    private int count(int width) {
        ByteBuffer read = bytes(width);
        long count = width == 1 ? read.get() & 0xff : read.getInt() & 0xffffffffL;
        if (count > bytes.remaining()) {
            throw fault("a text of " + count + " bytes is longer than the pickle");
        }
        return (int) count;
    }

    private ByteBuffer bytes(int length) {
        int from = bytes.position();
        skip(length);
        return bytes.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void skip(int length) {
        if (length > bytes.remaining()) {
            throw fault("ends within an opcode");
        }
        bytes.position(bytes.position() + length);
    }

    private void leaf(int length) {
        skip(length);
        stack.push(0);
    }

    private void global() {
        for (int lines = 0; lines < 2; ) {
            lines += bytes(1).get() == '\n' ? 1 : 0;
        }
        stack.push(0);
    }

    private void memory(long place) {
        if (place >= bytes.capacity()) {
            throw fault("place " + place + " of its memory, but it has " + bytes.capacity() + " bytes");
        }
    }

    private void push(int depth) {
        if (depth > DEEPEST) {
            throw fault("values are nested more than " + DEEPEST + " deep");
        }
        stack.push(depth);
    }

    private int pop() {
        Integer top = stack.poll();
        if (top == null || top == MARK) {
            throw fault("takes a value that is not there");
        }
        return top;
    }

    private int deepestToMark() {
        int deepest = 0;
        Integer top = stack.poll();
        while (top != null && top != MARK) {
            deepest = Math.max(deepest, top);
            top = stack.poll();
        }
        if (top == null) {
            throw fault("ends a list that was not begun");
        }
        return deepest;
    }

    private IllegalArgumentException fault(String problem) {
        return new IllegalArgumentException("byte " + Math.max(0, bytes.position() - 1) + ": the pickle " + problem);
    }
}
