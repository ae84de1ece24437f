package adamscope.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Records of a W&B file: history and configuration.
///
/// Field numbers after wandb_internal.proto: Record 2 history, 5 config, 17 run; HistoryRecord 1 item, 2 step (1 num);
/// ConfigRecord 1 update; RunRecord 4 config; an item 1 key, 2 nested_key (repeated), 16 value_json.
final class WandbRecord {
    private static final int LIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int FIRST = 1 << 3 | LIMITED;

    private final RunPoints run;
    private final List<Item> items = new ArrayList<>();
    private OptionalLong step = OptionalLong.empty();
    private int bestRank = Integer.MAX_VALUE;
    private long lastStep;

    private record Item(String key, String json) {}

    WandbRecord(RunPoints run) {
        this.run = run;
    }

    void read(CodedInputStream in) throws IOException {
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            switch (field) {
                case 2 << 3 | LIMITED -> TensorBoardEvents.within(in, this::history);
                case 5 << 3 | LIMITED -> TensorBoardEvents.within(in, this::configuration);
                case 17 << 3 | LIMITED -> TensorBoardEvents.within(in, this::run);
                default -> in.skipField(field);
            }
        }
    }

    private void run(CodedInputStream in) throws IOException {
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == (4 << 3 | LIMITED)) {
                TensorBoardEvents.within(in, this::configuration);
            } else {
                in.skipField(field);
            }
        }
    }

    private void configuration(CodedInputStream in) throws IOException {
        items.clear();
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == FIRST) {
                TensorBoardEvents.within(in, this::item);
            } else {
                in.skipField(field);
            }
        }
        for (Item item : items) {
            ConfigurationFile.entry(item.key(), item.json(), run);
        }
    }

    private void history(CodedInputStream in) throws IOException {
        items.clear();
        step = OptionalLong.empty();
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == FIRST) {
                TensorBoardEvents.within(in, this::item);
            } else if (field == (2 << 3 | LIMITED)) {
                TensorBoardEvents.within(in, this::step);
            } else {
                in.skipField(field);
            }
        }
        row();
    }

    /// A row's step is that of the surest name, see [StepNames]; a row without it belongs to the step before.
    private void row() {
        int rank = step.isPresent() ? StepNames.rank("_step") : Integer.MAX_VALUE;
        for (Item item : items) {
            int of = run.names().step().filter(item.key()::equals).isPresent() ? -2 : StepNames.rank(item.key());
            OptionalDouble number = of == -1 ? OptionalDouble.empty() : WrittenNumber.number(item.json());
            if (number.isPresent()
                    && of <= rank
                    && WrittenNumber.step(number.getAsDouble()).isPresent()) {
                rank = of;
                step = WrittenNumber.step(number.getAsDouble());
            }
        }
        if (rank <= bestRank && step.isPresent()) {
            bestRank = rank;
            lastStep = step.getAsLong();
        }
        for (Item item : items) {
            OptionalDouble number = WrittenNumber.number(item.json());
            if (number.isPresent() && StepNames.rank(item.key()) < 0) {
                run.add(item.key(), lastStep, number.getAsDouble());
            }
        }
    }

    private void step(CodedInputStream in) throws IOException {
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            if (field == (1 << 3 | WireFormat.WIRETYPE_VARINT)) {
                step = OptionalLong.of(in.readInt64());
            } else {
                in.skipField(field);
            }
        }
    }

    private void item(CodedInputStream in) throws IOException {
        String key = "";
        List<String> nested = new ArrayList<>();
        String json = "";
        for (int field = in.readTag(); field != 0; field = in.readTag()) {
            switch (field) {
                case FIRST -> key = in.readString();
                case 2 << 3 | LIMITED -> nested.add(in.readString());
                case 16 << 3 | LIMITED -> json = in.readString();
                default -> in.skipField(field);
            }
        }
        items.add(new Item(key.isEmpty() ? String.join("/", nested) : key, json));
    }
}
