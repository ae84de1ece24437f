package adamscope.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/// The one number of a tensor in an event file.
///
/// Field numbers after TensorFlow's tensor.proto: 1 dtype, 4 tensor_content, 5 float_val, 6 double_val, 7 int_val,
/// 10 int64_val, 13 half_val. Types after types.proto: 1 float, 2 double, 3 int32, 9 int64, 14 bfloat16, 19 half.
final class ScalarTensor {
    private ScalarTensor() {}

    /// Empty for texts, histograms and whatever else has not one element.
    static OptionalDouble read(ByteBuffer message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        int type = 0;
        int half = 0;
        int elements = 0;
        double element = 0;
        ByteString content = ByteString.EMPTY;
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(field);
            boolean packed = WireFormat.getTagWireType(field) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            switch (number) {
                case 1 -> type = in.readEnum();
                case 4 -> content = in.readBytes();
                case 5, 6, 7, 10, 13 -> {
                    int limit = packed ? in.pushLimit(in.readRawVarint32()) : 0;
                    do {
                        if (packed && in.isAtEnd()) {
                            break;
                        }
                        switch (number) {
                            case 5 -> element = in.readFloat();
                            case 6 -> element = in.readDouble();
                            case 13 -> half = in.readInt32();
                            default -> element = in.readInt64();
                        }
                        elements++;
                    } while (packed && elements < 2);
                    if (packed) {
                        in.skipRawBytes(Math.max(0, in.getBytesUntilLimit()));
                        in.popLimit(limit);
                    }
                }
                default -> in.skipField(field);
            }
        }
        if (elements == 1) {
            return OptionalDouble.of(type == 19 || type == 14 ? ofBits((short) half, type) : element);
        }
        return elements == 0 ? ofContent(content, type) : OptionalDouble.empty();
    }

    private static OptionalDouble ofContent(ByteString content, int type) {
        ByteBuffer raw = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int bytes = raw.remaining();
        return switch (type) {
            case 1 -> bytes == 4 ? OptionalDouble.of(raw.getFloat()) : OptionalDouble.empty();
            case 2 -> bytes == 8 ? OptionalDouble.of(raw.getDouble()) : OptionalDouble.empty();
            case 3 -> bytes == 4 ? OptionalDouble.of(raw.getInt()) : OptionalDouble.empty();
            case 9 -> bytes == 8 ? OptionalDouble.of(raw.getLong()) : OptionalDouble.empty();
            case 14, 19 -> bytes == 2 ? OptionalDouble.of(ofBits(raw.getShort(), type)) : OptionalDouble.empty();
            default -> OptionalDouble.empty();
        };
    }

    private static double ofBits(short bits, int type) {
        return type == 19 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
    }
}
