package adamscope.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Scalars of TensorBoard's event files, of version 1 (`simple_value`) and 2 (tensors).
///
/// Field numbers after TensorFlow's event.proto and summary.proto:
///
/// | message | fields |
/// | --- | --- |
/// | Event | 2 step, 5 summary |
/// | Summary | 1 value |
/// | Summary.Value | 1 tag, 2 simple_value, 8 tensor, 9 metadata |
final class TensorBoardEvents {
    private static final int STEP = 2 << 3 | WireFormat.WIRETYPE_VARINT;
    private static final int SUMMARY = 5 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int SUMMARY_VALUE = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int TAG = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int SIMPLE_VALUE = 2 << 3 | WireFormat.WIRETYPE_FIXED32;
    private static final int TENSOR = 8 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int METADATA = 9 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final RunPoints run;
    private final String file;
    private final List<Scalar> scalars = new ArrayList<>();

    private TensorBoardEvents(RunPoints run, String file) {
        this.run = run;
        this.file = file;
    }

    /// Reads a file on from a place; see [TfRecords#read].
    static long read(Path file, long from, boolean growing, RunPoints run) throws IOException {
        TensorBoardEvents events = new TensorBoardEvents(run, file.getFileName().toString());
        return TfRecords.read(file, from, growing, run, events::event);
    }

    private void event(byte[] bytes, int from, int length) {
        try {
            event(CodedInputStream.newInstance(bytes, from, length));
        } catch (IOException _) {
            run.lost("records of " + file + " are no events and were left out", 1);
        }
    }

    private void event(CodedInputStream in) throws IOException {
        long step = 0;
        scalars.clear();
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == STEP) {
                step = in.readInt64();
            } else if (field == SUMMARY) {
                within(in, this::summary);
            } else {
                in.skipField(field);
            }
        }
        for (Scalar scalar : scalars) {
            run.add(scalar.to(), step, scalar.value());
        }
    }

    private void summary(CodedInputStream in) throws IOException {
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == SUMMARY_VALUE) {
                within(in, this::value);
            } else {
                in.skipField(field);
            }
        }
    }

    private void value(CodedInputStream in) throws IOException {
        String tag = "";
        double value = 0;
        boolean scalar = false;
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            switch (field) {
                case TAG -> tag = in.readString();
                case SIMPLE_VALUE -> {
                    value = in.readFloat();
                    scalar = true;
                }
                case TENSOR -> {
                    OptionalDouble element = ScalarTensor.read(in.readByteBuffer());
                    value = element.orElse(value);
                    scalar |= element.isPresent();
                }
                case METADATA -> HparamsPlugin.read(in.readByteBuffer(), run);
                default -> in.skipField(field);
            }
        }
        if (scalar) {
            Optional<LoggedSeries> to = run.series(tag);
            if (to.isPresent()) {
                scalars.add(new Scalar(to.get(), value));
            }
        }
    }

    /// Reads a message inside the one at hand.
    static void within(CodedInputStream in, FieldReader reading) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        reading.read(in);
        in.popLimit(limit);
    }

    /// Reads the fields of a message to its end.
    interface FieldReader {
        void read(CodedInputStream in) throws IOException;
    }

    private record Scalar(LoggedSeries to, double value) {}
}
