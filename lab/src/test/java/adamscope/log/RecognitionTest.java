package adamscope.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {

    @ParameterizedTest
    @CsvSource({
        "loss, loss",
        "train/loss, loss",
        "Loss/train, loss",
        "training_loss, loss",
        "train_loss_step, loss", // Lightning
        "epoch_loss, loss", // Keras
        "train/CrossEntropyLoss, loss", // OLMo
        "train/CE loss, loss", // OLMo-core
        "lm-loss-training/lm loss, loss", // Megatron
        "train_inner/loss, loss", // fairseq
        "val_loss, validationLoss",
        "eval/loss, validationLoss",
        "valid/best_loss_so_far, ''",
        "lr, lr",
        "train/learning_rate, lr", // Hugging Face
        "lr-Adam, lr/lr-Adam", // Lightning
        "optim/learning_rate_group0, lr/learning_rate_group0", // OLMo
        "train/grad_norm, gradientNorm", // Hugging Face
        "gnorm, gradientNorm", // fairseq
        "grad_2.0_norm_total, gradientNorm", // Lightning
        "optim/total_grad_norm, gradientNorm", // OLMo
        "l2_norm/grad/global, gradientNorm", // Composer
        "l2_norm/moment/global, averageGradientNorm",
        "l2_norm/update/global, stepNorm",
        "exp_avg_norm, averageGradientNorm",
        "exp_avg_sq_norm, rootSecondMomentNorm",
        "gradNorm/layers.0.mlp, gradientNorm/layers.0.mlp",
        "couplingRatio50/1, couplingRatio50/1",
        "train/loss_scale, lossScale",
        "loss_scale, lossScale",
        "max_attention_logit, attentionLogitMax", // Megatron
        "max attention logit, attentionLogitMax", // Megatron, printed
        "attention/max_attn_logits, attentionLogitMax",
        "learning/max_logits, attentionLogitMax", // MaxText
        "learning/grad_norm, gradientNorm", // MaxText
        "attention/grad_norm, gradientNorm/attention", // a layer
        "accuracy, ''",
        "train/loss_time, ''",
        "clipped_grad_norm, ''",
        "mfu, ''",
        "iter, ''"
    })
    void aUsualNameStandsForItsQuantity(String tag, String quantity) {
        assertThat(Recognition.read(tag).map(Recognition.TagReading::quantity).orElse(""))
                .isEqualTo(quantity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train/aux_loss", "train/z_loss", "val/loss", "train/loss_ema", "loss/discriminator"})
    void theLossOfATrainingGoesBeforeOthers(String other) {
        List<String> remarks = new ArrayList<>();
        var chosen = NameMap.byDefault().choose(series("train/loss", other), remarks);
        assertThat(chosen.get("loss").tag()).isEqualTo("train/loss");
        assertThat(remarks).isEmpty();
    }

    @Test
    void whatTheUserSaysGoesFirst() {
        NameMap names = NameMap.of(List.of("loss=objective/a"));
        var chosen = names.choose(series("train/loss", "objective/a", "b"), new ArrayList<>());
        assertThat(chosen.get("loss").tag()).isEqualTo("objective/a");
    }

    private static Map<String, LoggedSeries> series(String... tags) {
        Map<String, LoggedSeries> series = new LinkedHashMap<>();
        for (String tag : tags) {
            LoggedSeries one = new LoggedSeries();
            one.add(1, 1);
            series.put(tag, one);
        }
        return series;
    }
}
