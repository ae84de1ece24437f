package adamscope.log;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What trainers print, in their words, with the loss [#loss] at step i; made up after their formats.
enum PrintedLogs {
    NANOGPT(i -> line("iter %d: loss %s, time 90.20ms, mfu 15.31%%", i, loss(i)), 0, 1),
    LLMC_OLD(i -> line("s:%d trl:%s lr:0.000001 norm:15.37", i, loss(i)), 0, 1),
    LLMC(
            i -> line(
                    "step %4d/19560 | loss %s (+nanz)| norm 1.5 (-0.12z)| lr 6.0e-04 | 99.1 ms | 9 tok/s", i, loss(i)),
            0,
            1),
    MODDED_NANOGPT(i -> line("step:%d/5100 train_loss:%s train_time:1368ms step_avg:nanms", i, loss(i)), 0, 1),
    MEGATRON(
            i -> line(
                    " iteration %8d/  250000 | consumed samples: %12d | learning rate: 3.000E-04 | lm loss: %sE+00 |"
                            + " loss scale: 1.0 | grad norm: 0.3 | number of skipped iterations:   0 |"
                            + " number of nan iterations:   0 |",
                    i, 1024 * i, loss(i)),
            0,
            1),
    DEEPSPEED(
            i -> line(
                            "[2023-01-01 00:00:00,000] [INFO] [logging.py:96:log_dist] [Rank 0] step=%d, skipped=0,"
                                    + " lr=[1e-05], mom=[[0.9, 0.95]]",
                            i)
                    + line("steps: %d loss: %s iter time (s): 0.512 samples/sec: 123.456", i, loss(i)),
            0,
            1),
    FAIRSEQ(
            i -> line(
                    "2021-01-01 12:00:00 | INFO | train_inner | epoch 001: %6d / 3000 loss=%s, nll_loss=9, ppl=30.1,"
                            + " num_updates=%d, lr=1e-05, gnorm=0.3, loss_scale=128, wall=100",
                    i, loss(i), i),
            0,
            1),
    FAIRSEQ_JSON(
            i -> line(
                    "2021-01-01 12:00:00 | INFO | train_inner | {\"epoch\": 1, \"update\": 0.1, \"loss\": \"%s\","
                            + " \"num_updates\": \"%d\", \"lr\": \"1e-05\", \"gnorm\": \"0.3\"}",
                    loss(i), i),
            0,
            1),
    HUGGING_FACE(
            i -> "\r 1%|▏         | " + 10 * i + "/1000 [00:10<01:30, 10.0it/s]\r        \r"
                    + line("{'loss': %s, 'grad_norm': 0.3, 'learning_rate': 5e-05, 'epoch': 0.01}", loss(i)),
            0,
            10),
    TORCHTITAN(
            i -> line(
                    "[rank0]:2024-05-01 10:00:00,123 - root - INFO - \u001b[31mstep: %2d  \u001b[32mloss: %s "
                            + " \u001b[38;2;180;60;0mgrad_norm: 0.3  \u001b[33mmemory:  3.50GiB(5.00%%)  tps: 1,234"
                            + "\u001b[39m",
                    i, loss(i)),
            0,
            1),
    LLAMA_FACTORY(
            i -> line(
                    "[INFO|2024-05-01 10:00:00] llamafactory.train.callbacks:157 >> {'loss': %s,"
                            + " 'learning_rate': 4.9e-05, 'epoch': 0.05, 'throughput': 123.4}",
                    loss(i)),
            0,
            1),
    VERL(
            i -> line(
                    "(TaskRunner pid=123) step:%d - global_seqlen/min:1234 - actor/loss:%s - actor/grad_norm:0.3 -"
                            + " timing_s/step:12.3",
                    i, loss(i)),
            0,
            1),
    KERAS(
            i -> line("Epoch %d/30", i + 1)
                    + "  1/938 [..............................] - ETA: 3s - loss: 77.0\r"
                    + line("938/938 [==============================] - 3s 3ms/step - loss: %s - val_loss: 1", loss(i)),
            1,
            1),
    DEEPXDE(
            i -> (i == 0
                            ? "Compiling model...\n'compile' took 0.0 s\n\nTraining model...\n\nStep      Train loss   "
                                    + "           Test loss               Test metric   \n"
                            : "")
                    + line("%-10d[%s, 0.00e+00]      [1.00e+00, 1.00e-01]      []    ", 1000 * i, loss(i)),
            0,
            1000),
    MMDETECTION(
            i -> line(
                    "2023/01/01 00:00:00 - mmengine - INFO - Epoch(train)  [%d][%4d/7330]  lr: 1.9e-03  eta: 1 day,"
                        + " 2:03:04  time: 0.5  data_time: 0.01  grad_norm: 0.3  loss: %s  loss_cls: 1.2  loss_bbox:"
                        + " 0.3",
                    1 + i / 10, 733 * (i % 10 + 1), loss(i)),
            733,
            733),
    TUTORIAL(i -> line("Epoch [%d/9], Step [%d/600], Loss: %s", 1 + i / 6, 100 * (i % 6 + 1), loss(i)), 100, 100),
    DETECTRON(
            i -> line(
                    "[01/01 00:00:00 d2.utils.events]:  eta: 0:12:34  iter: %d  total_loss: %s  lr: 2e-05",
                    20 * i + 19, loss(i)),
            19,
            20),
    LIGHTNING_BAR(
            i -> "\rEpoch 0: 45%|████▌     | " + i + "/100 [00:10<00:12,  4.50it/s, v_num=0, train_loss=" + loss(i)
                    + "]",
            0,
            1),
    OLMO(
            i -> line("[2024-05-01 10:00:00] INFO     [olmo.train:967, rank=0] [step=%d/739328,epoch=0]", i)
                    + line("    optim/total_grad_norm=0.3")
                    + line("    train/CrossEntropyLoss=%s", loss(i)),
            0,
            1),
    COMPOSER(
            i -> line("[batch=%d/100]:", i)
                    + line("\t Train time/batch: %d", 7)
                    + line("\t Train loss/train/total: %s", loss(i)),
            0,
            1),
    MAXTEXT(i -> line("completed step: %d, seconds: 1.2, Tokens/s/device: 1234.5, loss: %s", i, loss(i)), 0, 1),
    TENSORFLOW(i -> line("INFO:tensorflow:loss = %s, step = %d (1.234 sec)", loss(i), 100 * i), 0, 100),
    CAFFE(i -> line("I0101 00:00:00.000000  1234 solver.cpp:228] Iteration %d, loss = %s", 20 * i, loss(i)), 0, 20),
    IMAGENET(
            i -> line(
                    "Epoch: [%d][%5d/5005]\tTime  0.5 ( 1.2)\tLoss %se+00 (9.9e+00)\tAcc@1   0.00 (  0.11)",
                    i / 10, 500 * (i % 10), loss(i)),
            0,
            500),
    EPOCHS(i -> line("Epoch %d: train loss %s, val loss 3.1, lr 1.0e-03", i + 1, loss(i)), 1, 1),
    GERMAN(i -> line("step=%d; loss=%s; lr=0,0001", i, loss(i).replace('.', ',')), 0, 1),
    TENSORS(i -> line("{'step': %d, 'loss': tensor(%s, device='cuda:0'), 'lr': np.float64(0.001)}", i, loss(i)), 0, 1);

    /// Rows of each log.
    static final int ROWS = 28;

    private final IntFunction<String> row;
    private final long first;
    private final long spacing;

    PrintedLogs(IntFunction<String> row, long first, long spacing) {
        this.row = row;
        this.first = first;
        this.spacing = spacing;
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }

    /// Four digits behind the point, falling.
    static String loss(int i) {
        return String.format(Locale.ROOT, "%.4f", 3 + 2 * Math.exp(-i / 9.0));
    }

    String text() {
        return IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining());
    }

    /// Steps at which the rows belong; of epochs, the place in the log where they cannot be told (IMAGENET) excepted.
    List<Long> steps() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> this == IMAGENET ? 5005L * (i / 10) + 500 * (i % 10) : first + spacing * i)
                .toList();
    }
}
