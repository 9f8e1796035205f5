package dev.tidegate.retrain.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.gate.Check;
import dev.tidegate.retrain.gate.Verdict;
import dev.tidegate.retrain.outcome.FairnessMeasure;
import dev.tidegate.retrain.outcome.FairnessReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A card says what it was given, in both forms, and the same each time. */
final class CardPageTest {
  @Test
  void shouldShowEveryPartAndLoadNothing() throws IOException {
    byte[] page = CardPage.of(card("payments-sim-r0123456789ab"));
    String html = new String(page, StandardCharsets.UTF_8);
    Files.write(Files.createDirectories(Path.of("target")).resolve("card.html"), page);

    assertThat(html)
        .contains(
            "<h1>payments-sim-r0123456789ab</h1>",
            "0.4210",
            "champion 0.3105",
            "recall at 0.5 % alerts",
            "an age of 7 days")
        .contains("channel=online", "kind=takeover", "payment.channel", "let through")
        .contains("<span class=\"good\">passed</span>", "9,432", "It has not learned")
        .doesNotContain("<script", "src=", "http");
    assertThat(CardPage.of(card("payments-sim-r0123456789ab"))).isEqualTo(page);
  }

  @Test
  void shouldEscapeWhatItWasGiven() {
    String html = new String(CardPage.of(card("<img onerror=\"x\">&")), StandardCharsets.UTF_8);

    assertThat(html).contains("&lt;img onerror=&quot;x&quot;&gt;&amp;").doesNotContain("<img");
  }

  @Test
  void shouldHaveTheSameFiguresAsJson() throws IOException {
    JsonNode json = new JsonMapper().readTree(card("r").json());

    assertThat(json.at("/performance/challenger/prAuc").asDouble()).isEqualTo(0.421);
    assertThat(json.at("/gates/checks/0/figures/low").asDouble()).isEqualTo(0.06);
    assertThat(json.at("/data/left/vectors of other features").asLong()).isEqualTo(17);
    assertThat(card("r").json()).isEqualTo(card("r").json());
  }

  private static ModelCard card(String name) {
    return new ModelCard(
        new ModelCard.Release(
            name,
            "payments-sim",
            "ab".repeat(32),
            "cd".repeat(32),
            0.0713,
            0.5,
            Map.of("trees", 143.0, "searchCandidates", 8.0, "validationBrier", 0.00213)),
        "Scores payments by the probability that they are fraud, beside rules and before people.",
        Map.of("request", "q-17", "cause", "concept-drift", "monitor", "calibration"),
        new ModelCard.Material(
            new ModelCard.Rows("2026-01-01T00:00:00Z", "2026-02-20T00:00:00Z", 28_297, 141),
            new ModelCard.Rows("2026-02-20T00:00:00Z", "2026-03-01T00:00:00Z", 9_432, 52),
            "2026-03-08T00:00:00Z",
            "PT168H",
            Map.of(
                "vectors of other features", 17L, "payments too young for their labels", 5_210L)),
        new ModelCard.Performance(
            evaluation(0.3105, 0.44),
            evaluation(0.421, 0.61),
            List.of(
                new ModelCard.Segment("channel=online", 6_100, 41, 0.42, 0.63),
                new ModelCard.Segment("channel=pos", 3_332, 11, 0.5, 0.55),
                new ModelCard.Segment("kind=takeover", 52, 20, 0.1, 0.7))),
        new ModelCard.Drift(
            0.0123,
            List.of(
                new ModelCard.FeatureDrift("account_count_1h", 0.31, 0.04, 0, 0.01),
                new ModelCard.FeatureDrift("payment.channel", 0.012, 0.04, 0.002, 0.002))),
        List.of(
            new FairnessReading(
                "DE", FairnessMeasure.DISPARATE_IMPACT, 9_000, 0.99, 0.98, 1.01, 0.8, false),
            new FairnessReading(
                "FR", FairnessMeasure.FALSE_POSITIVE_RATIO, 432, 1.1, 0.6, 1.9, 1.25, false)),
        new Verdict(
            9_432,
            52,
            List.of(
                new Check(
                    "pr-auc",
                    true,
                    "PR-AUC 0.4210 against the champion's 0.3105, difference +0.1105, interval"
                        + " +0.0600 to +0.1600",
                    Map.of("low", 0.06)),
                new Check("latency", true, "99 of 100 payments scored within 5.0 ms", Map.of()))),
        List.of("It has not learned from the window it was judged on.", "Labels are as reported."));
  }

  private static Evaluation evaluation(double prAuc, double recall) {
    return new Evaluation(
        9_432, 52, prAuc, 0.95, null, 0.5, recall, 0.4, 0.0713, recall, 0.4, new TreeMap<>());
  }
}
