package adamscope.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The stack machine of Python's pickles, protocols 2 to 5, on values without behaviour.
///
/// A pickle is a program whose only dangerous words are those that name a function and call it. Here a name is looked
/// up in [PickleNames] when it is met, and what stands there makes a [Value]; any other name ends the reading. Nothing
/// is allocated for a length that the pickle says but does not have, and the number of values is bounded.
///
/// Opcodes: `Lib/pickletools.py` of CPython.
final class PickleReader {
    private static final int MOST_VALUES = 3_000_000;
    private static final long MOST_BYTES = 256 << 20;
    private static final int LONGEST_INTEGER = 256;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final Function<List<Value>, Value> persistent;
    private final List<Value> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Value> memory = new HashMap<>();
    private long position;
    private int values;
    private long slices;

    /// @param persistent makes a value of a persistent id: of a storage, by torch's conventions
    private PickleReader(MemorySegment bytes, long from, Function<List<Value>, Value> persistent) {
        this.bytes = bytes;
        this.position = from;
        this.persistent = persistent;
    }

    /// A value and the place behind its pickle.
    record Read(Value value, long end) {}

    /// The pickle that begins at a place of some bytes.
    ///
    /// @throws IllegalArgumentException if it is damaged, or names something that is not allowed; the message says
    /// where
    static Read read(MemorySegment bytes, long from, Function<List<Value>, Value> persistent) {
        PickleReader reader = new PickleReader(bytes, from, persistent);
        try {
            while (!reader.step(reader.next())) {
                continue;
            }
            Value value = reader.pop();
            return new Read(value, reader.position);
        } catch (Refused e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw reader.fault(e.getMessage());
        }
    }

    /// No persistent ids.
    static Value none(List<Value> id) {
        throw new IllegalArgumentException("a reference to something outside the pickle");
    }

    private boolean step(int opcode) {
        switch (opcode) {
            case '.' -> {
                return true;
            }
            case 0x80 -> protocol(next());
            case 0x95 -> skip(8);
            case '(' -> marks.add(stack.size());
            case '0' -> drop();
            case '1' -> toMark();
            case '2' -> push(top());
            case 'N' -> push(new Value.Nothing());
            case 0x88 -> push(new Value.Truth(true));
            case 0x89 -> push(new Value.Truth(false));
            case 'K' -> push(new Value.Number(next()));
            case 'M' -> push(new Value.Number(next() | next() << 8));
            case 'J' -> push(new Value.Number(bytes.get(INT, skip(4))));
            case 'G' -> push(new Value.Number(bytes.get(DOUBLE, skip(8))));
            case 0x8a -> push(integer(next()));
            case 0x8b -> push(integer(count(4)));
            case 'U' -> push(string(next()));
            case 'T' -> push(string(count(4)));
            case 0x8c -> push(text(next()));
            case 'X' -> push(text(count(4)));
            case 0x8d -> push(text(count(8)));
            case 'C' -> push(raw(next()));
            case 'B' -> push(raw(count(4)));
            case 0x8e, 0x96 -> push(raw(count(8)));
            case ')', ']', 0x8f -> push(new Value.Items(new ArrayList<>(0)));
            case '}' -> push(new Value.Entries());
            case 't', 'l', 0x91 -> push(new Value.Items(toMark()));
            case 0x85 -> push(new Value.Items(last(1)));
            case 0x86 -> push(new Value.Items(last(2)));
            case 0x87 -> push(new Value.Items(last(3)));
            case 'd' -> dictionary();
            case 'a' -> append(last(1));
            case 'e', 0x90 -> append(toMark());
            case 's' -> put(last(2));
            case 'u' -> put(toMark());
            case 'c' -> push(PickleNames.named(line() + "." + line()));
            case 0x93 -> global();
            case 'R' -> call();
            case 0x81 -> object();
            case 'b' -> build();
            case 'Q' -> push(persistent.apply(items(pop())));
            case 'q' -> remember(next());
            case 'r' -> remember(bytes.get(INT, skip(4)) & 0xffffffffL);
            case 0x94 -> remember(memory.size());
            case 'h' -> push(remembered(next()));
            case 'j' -> push(remembered(bytes.get(INT, skip(4)) & 0xffffffffL));
            default -> throw fault(String.format(Locale.ROOT, "has the opcode 0x%02x, which is not read here", opcode));
        }
        return false;
    }

    private void protocol(int protocol) {
        if (protocol < 2 || protocol > 5) {
            throw fault("has protocol " + protocol + ", read are 2 to 5");
        }
    }

    private void dictionary() {
        List<Value> parts = toMark();
        push(new Value.Entries());
        put(parts);
    }

    private void global() {
        List<Value> parts = last(2);
        push(PickleNames.named(PickleNames.text(parts.get(0)) + "." + PickleNames.text(parts.get(1))));
    }

    private void call() {
        List<Value> parts = last(2);
        push(PickleNames.call(parts.get(0), items(parts.get(1))));
    }

    private void object() {
        List<Value> parts = last(2);
        push(PickleNames.made(parts.get(0), items(parts.get(1))));
    }

    private void build() {
        Value state = pop();
        PickleNames.build(top(), state);
    }

    private void append(List<Value> parts) {
        if (!(top() instanceof Value.Items list)) {
            throw fault("appends to what is no list");
        }
        parts.forEach(list::add);
    }

    private void put(List<Value> parts) {
        if (!(top() instanceof Value.Entries entries) || parts.size() % 2 != 0) {
            throw fault("puts keys and values into what is no dictionary");
        }
        for (int i = 0; i < parts.size(); i += 2) {
            entries.put(parts.get(i), parts.get(i + 1));
        }
    }

    private List<Value> items(Value value) {
        if (!(value instanceof Value.Items list)) {
            throw fault("has something else where a tuple belongs");
        }
        return list.items();
    }

    private void remember(long place) {
        memory.put(place, top());
        if (memory.size() > MOST_VALUES) {
            throw fault("remembers more than " + MOST_VALUES + " values");
        }
    }

    private Value remembered(long place) {
        return Optional.ofNullable(memory.get(place))
                .orElseThrow(() -> fault("place " + place + " of its memory is empty"));
    }

    private Value integer(long length) {
        if (length > LONGEST_INTEGER) {
            throw fault("has an integer of " + length + " bytes, allowed are " + LONGEST_INTEGER);
        }
        byte[] little = slice(length);
        byte[] big = new byte[little.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = little[big.length - 1 - i];
        }
        return new Value.Number(big.length == 0 ? 0 : new BigInteger(big).doubleValue());
    }

    private Value text(long length) {
        return new Value.Text(new String(slice(length), StandardCharsets.UTF_8));
    }

    /// What Python 2 calls a string: text, or the bytes of an array.
    private Value string(long length) {
        byte[] string = slice(length);
        try {
            return new Value.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(string))
                    .toString());
        } catch (CharacterCodingException _) {
            return new Value.Bytes(string);
        }
    }

    private Value raw(long length) {
        return new Value.Bytes(slice(length));
    }

    private byte[] slice(long length) {
        long from = skip(length);
        slices += length;
        if (slices > MOST_BYTES) {
            throw fault("has more than " + MOST_BYTES + " bytes of texts");
        }
        return bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private String line() {
        long from = position;
        while (next() != '\n') {
            continue;
        }
        return new String(
                bytes.asSlice(from, position - 1 - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private int next() {
        return bytes.get(ValueLayout.JAVA_BYTE, skip(1)) & 0xff;
    }

    private long count(int width) {
        return width == 4 ? bytes.get(INT, skip(4)) & 0xffffffffL : bytes.get(LONG, skip(8));
    }

    /// Steps over some bytes that must be there.
    ///
    /// @return where they begin
    private long skip(long length) {
        if (length < 0 || length > bytes.byteSize() - position) {
            throw fault("ends here, but " + Long.toUnsignedString(length) + " more bytes belong to it");
        }
        position += length;
        return position - length;
    }

    private void push(Value value) {
        if (++values > MOST_VALUES) {
            throw fault("has more than " + MOST_VALUES + " values");
        }
        stack.add(value);
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.getLast();
    }

    private void drop() {
        if (!marks.isEmpty() && marks.getLast() == stack.size()) {
            marks.removeLast();
        } else {
            pop();
        }
    }

    private Value top() {
        if (stack.size() <= floor()) {
            throw fault("takes a value that is not there");
        }
        return stack.getLast();
    }

    private Value pop() {
        Value top = top();
        stack.removeLast();
        return top;
    }

    private List<Value> last(int count) {
        if (stack.size() - count < floor()) {
            throw fault("takes a value that is not there");
        }
        return taken(stack.size() - count);
    }

    private List<Value> toMark() {
        if (marks.isEmpty()) {
            throw fault("ends a list that was not begun");
        }
        return taken(marks.removeLast());
    }

    private List<Value> taken(int from) {
        List<Value> end = stack.subList(from, stack.size());
        List<Value> taken = new ArrayList<>(end);
        end.clear();
        return taken;
    }

    /// A message that already says where.
    private static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    private IllegalArgumentException fault(String problem) {
        return new Refused("byte " + Math.max(0, position - 1) + ": the pickle " + problem);
    }
}
