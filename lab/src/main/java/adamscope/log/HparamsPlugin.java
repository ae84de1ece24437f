package adamscope.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Hyper-parameters that `SummaryWriter.add_hparams` left in an event file.
///
/// SummaryMetadata 1 plugin_data; PluginData 1 plugin_name, 2 content; HParamsPluginData 3 session_start_info;
/// SessionStartInfo 1 hparams, a map with 1 key, 2 value; google.protobuf.Value 2 number, 3 string, 4 bool.
final class HparamsPlugin {
    private static final int LIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final RunPoints run;
    private boolean ours;
    private ByteBuffer content = ByteBuffer.allocate(0);
    private String key = "";
    private String value = "";

    private HparamsPlugin(RunPoints run) {
        this.run = run;
    }

    static void read(ByteBuffer metadata, RunPoints run) throws IOException {
        HparamsPlugin plugin = new HparamsPlugin(run);
        fields(CodedInputStream.newInstance(metadata), plugin::metadata);
        if (plugin.ours) {
            fields(CodedInputStream.newInstance(plugin.content), plugin::content);
        }
    }

    private interface Field {
        /// Reads a field, or returns false.
        boolean read(int field, CodedInputStream in) throws IOException;
    }

    private static void fields(CodedInputStream in, Field reading) throws IOException {
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (!reading.read(field, in)) {
                in.skipField(field);
            }
        }
    }

    private static boolean inner(CodedInputStream in, Field reading) throws IOException {
        TensorBoardEvents.within(in, inside -> fields(inside, reading));
        return true;
    }

    private boolean metadata(int field, CodedInputStream in) throws IOException {
        return field == (1 << 3 | LIMITED) && inner(in, this::plugin);
    }

    private boolean plugin(int field, CodedInputStream in) throws IOException {
        switch (field) {
            case 1 << 3 | LIMITED -> ours = in.readString().equals("hparams");
            case 2 << 3 | LIMITED -> content = in.readByteBuffer();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean content(int field, CodedInputStream in) throws IOException {
        return field == (3 << 3 | LIMITED) && inner(in, this::session);
    }

    private boolean session(int field, CodedInputStream in) throws IOException {
        if (field != (1 << 3 | LIMITED)) {
            return false;
        }
        key = "";
        value = "";
        inner(in, this::entry);
        run.configure("hparams", key, value);
        return true;
    }

    private boolean entry(int field, CodedInputStream in) throws IOException {
        switch (field) {
            case 1 << 3 | LIMITED -> key = in.readString();
            case 2 << 3 | LIMITED -> inner(in, this::value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean value(int field, CodedInputStream in) throws IOException {
        switch (field) {
            case 2 << 3 | WireFormat.WIRETYPE_FIXED64 -> value = Double.toString(in.readDouble());
            case 3 << 3 | LIMITED -> value = in.readString();
            case 4 << 3 | WireFormat.WIRETYPE_VARINT -> value = Boolean.toString(in.readBool());
            default -> {
                return false;
            }
        }
        return true;
    }
}
