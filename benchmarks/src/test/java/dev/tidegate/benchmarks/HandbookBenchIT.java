package dev.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.offline.EvaluationRequest;
import dev.tidegate.app.offline.Judging;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.offline.ModelKind;
import dev.tidegate.app.offline.Training;
import dev.tidegate.app.offline.TrainingRequest;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.handbook.Family;
import dev.tidegate.benchmarks.handbook.Split;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench handbook} on a small file of the Handbook's kind. */
final class HandbookBenchIT {
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,"
          + "TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO\n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int CUSTOMERS = 400;
  private static final int PAYMENTS_A_DAY = 240;
  private static final int FIRST_DAY = 11;
  private static final int DAYS = 56;

  private final Terminal quiet =
      new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE);

  @TempDir private Path folder;

  @Test
  void shouldSayWhatTrainAndEvaluateSay() throws Exception {
    Path file = payments();
    JsonNode report = report(file, "--seeds", "7");
    Evaluation expected = trainedAndEvaluated(file);

    JsonNode s = report.path("protocols").path(0);
    JsonNode figure = s.path("splits").path(0);
    assertThat(s.path("protocol").asText()).isEqualTo("s");
    assertThat(figure.path("prAuc").asDouble()).isEqualTo(expected.prAuc()).isPositive();
    assertThat(figure.path("rocAuc").asDouble()).isEqualTo(expected.rocAuc());
    assertThat(figure.path("cardPrecisionAt100").asDouble())
        .isEqualTo(expected.cardPrecisionAt100());
    JsonNode size = figure.path("size");
    assertThat(size.path("trainRows").asInt()).isEqualTo(7 * PAYMENTS_A_DAY);
    assertThat(size.path("testRows").asLong()).isEqualTo(expected.rows());
    assertThat(size.path("excludedKnown").asLong())
        .isEqualTo(7 * PAYMENTS_A_DAY - expected.rows())
        .isPositive();

    shouldHoldEveryFold(report, s);
    shouldHoldEveryFamily(report);
  }

  private static void shouldHoldEveryFold(JsonNode report, JsonNode s) {
    JsonNode p = report.path("protocols").path(1);
    assertThat(p.path("protocol").asText()).isEqualTo("p");
    assertThat(p.path("splits").findValuesAsText("split"))
        .containsExactly("2018-07-25", "2018-08-01", "2018-08-08", "2018-08-15");
    assertThat(p.path("splits").path(0)).isEqualTo(s.path("splits").path(0));
    assertThat(p.path("means").path(0).path("prAuc").asDouble())
        .isEqualTo(
            p.path("splits").findValues("prAuc").stream()
                .mapToDouble(JsonNode::asDouble)
                .average()
                .orElseThrow());
    assertThat(report.path("splits")).hasSize(4);
    assertThat(report.path("settings").path("seeds").path(0).asInt()).isEqualTo(7);
    assertThat(report.path("machine").path("java").asText()).isNotEmpty();
  }

  private static void shouldHoldEveryFamily(JsonNode report) {
    JsonNode ablation = report.path("ablation");
    assertThat(ablation.path("families").findValuesAsText("family"))
        .containsExactlyElementsOf(List.of(Family.values()).stream().map(Family::words).toList());
    int features = 0;
    for (JsonNode row : ablation.path("families")) {
      features += row.path("features").asInt();
      assertThat(row.path("drop").asDouble())
          .isEqualTo(
              ablation.path("all").path("mean").asDouble()
                  - row.path("without").path("mean").asDouble());
      assertThat(row.path("alone").path("mean").asDouble()).isPositive();
    }
    assertThat(features).isEqualTo(report.path("settings").path("features").asInt());
  }

  @Test
  void shouldRefuseAFileWithoutTheProtocolsWeeks() throws IOException {
    Path file = folder.resolve("early.csv");
    Files.writeString(file, HEADER + row(1, 6, 1, 0, 40, false) + row(2, 6, 2, 0, 50, false));

    assertThat(Bench.run("handbook", "--from", file.toString())).isEqualTo(2);
    assertThat(Bench.run("handbook", "--from", folder.resolve("none").toString())).isEqualTo(2);
  }

  private JsonNode report(Path file, String... more) throws IOException {
    Path json = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(List.of("handbook", "--from", file.toString(), "--json", json.toString()));
    arguments.addAll(List.of(more));
    assertThat(Bench.run(arguments.toArray(String[]::new))).isZero();
    return new JsonMapper().readTree(json.toFile());
  }

  private Evaluation trainedAndEvaluated(Path file) throws Exception {
    Split s = Split.protocolS();
    Path out = folder.resolve("release");
    Training.run(
        new TrainingRequest(
            part(file, s.train()),
            new TrainingRequest.Labels(Split.LABEL_DELAY, null),
            new TrainingRequest.Choice(ModelKind.FOREST, "handbook-s", null, 0.5, false, 7),
            out),
        quiet);
    return Judging.run(new EvaluationRequest(part(file, s.test()), out, true, null), quiet)
        .evaluation();
  }

  private static LabelledFile part(Path file, TimeRange range) {
    return new LabelledFile(
        file, Profiles.under(Home.path("")).find("card_handbook"), range.since(), range.until());
  }

  /** One payment in a hundred is a fraud, and most frauds are large. */
  private Path payments() throws IOException {
    SplittableRandom random = new SplittableRandom(20_180_401);
    StringBuilder lines = new StringBuilder(HEADER);
    int id = 0;
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i < PAYMENTS_A_DAY; i++) {
        boolean fraud = random.nextInt(100) == 0;
        int amount = 5 + random.nextInt(120) + (fraud ? random.nextInt(200) : 0);
        lines.append(
            row(++id, FIRST_DAY + day, random.nextInt(CUSTOMERS), 6 * 60 * i, amount, fraud));
      }
    }
    return Files.writeString(folder.resolve("payments.csv"), lines);
  }

  /**
   * A line of the file.
   *
   * @param day 1 is 2018-07-01
   */
  private static String row(int id, int day, int customer, int second, int amount, boolean fraud) {
    LocalDateTime time = LocalDateTime.of(2018, 7, 1, 0, 0).plusDays(day - 1L).plusSeconds(second);
    return String.format(
        Locale.ROOT,
        "%d,%s,%d,%d,%d.%02d,%d,%d,%d,%d\n",
        id,
        TIME.format(time),
        customer,
        id % 97,
        amount,
        id % 100,
        second,
        day,
        fraud ? 1 : 0,
        fraud ? 1 : 0);
  }
}
