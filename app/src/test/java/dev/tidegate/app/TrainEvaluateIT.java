package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.Lane;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulationFiles;
import dev.tidegate.lab.bank.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulate, train, evaluate, by the commands; and what training must not see. */
final class TrainEvaluateIT {
  private static final int SEED = 3;
  private static final int CUSTOMERS = 300;
  private static final int DAYS = 14;
  private static final String UNTIL = "2026-01-10";
  private static final Duration LABEL_DELAY = Duration.ofDays(1);
  private static final long TRAINING_MS = Instant.parse(UNTIL + "T00:00:00Z").toEpochMilli();

  /** Rows from here on had no label at the moment of training. */
  private static final long KNOWN_MS = TRAINING_MS - LABEL_DELAY.toMillis();

  private final List<SimulatedTransaction> payments = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void shouldTrainOnWhatWasKnownAndMeasureTheRest() throws Exception {
    simulate(SEED, CUSTOMERS);
    JsonNode trained = train(folder.resolve("bank").resolve("transactions.csv.zst"), "full");

    assertThat(trained.path("release").asText()).isEqualTo("bank-1");
    JsonNode training = trained.path("training");
    assertThat(training.path("rows").asLong()).isEqualTo(known().size());
    assertThat(training.path("positives").asLong()).isEqualTo(frauds(known())).isPositive();
    assertThat(trained.path("metrics").has("validationPrAuc")).isTrue();

    JsonNode blind = train(withoutTheFuture(), "blind");
    assertThat(blind.path("modelSha256")).as("no lookahead").isEqualTo(trained.path("modelSha256"));
    assertThat(blind.path("threshold")).isEqualTo(trained.path("threshold"));

    evaluate();
  }

  @Test
  void shouldTrainNetworksAndEnsemblesThatEvaluateLoads() throws Exception {
    simulate(4, 2 * CUSTOMERS); // 13 and 15 frauds in the halves of the validation tail
    Path file = folder.resolve("bank").resolve("transactions.csv.zst");
    for (String kind : List.of("autoencoder", "ensemble")) {
      JsonNode trained = train(file, kind, "--kind", kind);
      JsonNode metrics = trained.path("metrics");
      assertThat(metrics.path("parityRows").asInt()).isGreaterThan(10_000);
      assertThat(metrics.path("parityLargestDistance").asDouble()).isLessThan(1e-5);
      assertThat(metrics.has("sequence.validationPrAuc")).isEqualTo(kind.equals("ensemble"));
      assertThat(evaluated(kind).path("prAuc").asDouble()).isBetween(0.0, 1.0);
    }
  }

  /** By the command; the same payments again, to know what to expect. */
  private void simulate(int seed, int customers) {
    CommandRun.of(
            "simulate",
            "--seed",
            Integer.toString(seed),
            "--customers",
            Integer.toString(customers),
            "--days",
            Integer.toString(DAYS),
            "--out",
            folder.resolve("bank").toString())
        .succeeded();
    new BankSimulator(SimulatorSettings.of(seed, customers))
        .transactions(DAYS)
        .forEachRemaining(payments::add);
  }

  private JsonNode train(Path file, String out, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--from",
                file.toString(),
                "--profile",
                "simulator_fraud",
                "--until",
                UNTIL,
                "--label-delay",
                "1d",
                "--model",
                "bank-1",
                "--out",
                folder.resolve(out).toString(),
                "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new)).succeeded().json();
  }

  /** The same bank as far as it was known at the moment of training; later labels are wrong. */
  private Path withoutTheFuture() throws IOException {
    Path blind = Files.createDirectory(folder.resolve("bank-then"));
    List<String> lines =
        BankFile.lines(SEED, CUSTOMERS, DAYS).subList(0, before(TRAINING_MS).size() + 1);
    List<String> labels = new ArrayList<>(List.of(SimulationFiles.LABELS_HEADER));
    for (SimulatedTransaction payment : before(TRAINING_MS)) {
      String label = SimulationFiles.labelRow(payment);
      if (payment.eventTimeMs() < KNOWN_MS && label != null) {
        labels.add(label);
      } else if (payment.eventTimeMs() >= KNOWN_MS && label == null) {
        labels.add(payment.transactionId() + ",made_up,CASE,fraud");
      }
    }
    Files.write(blind.resolve("labels.csv"), labels);
    return Files.write(blind.resolve("transactions.csv"), lines);
  }

  private JsonNode evaluated(String out) throws IOException {
    return evaluation(out).succeeded().json();
  }

  private CommandRun evaluation(String out, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                folder.resolve(out).toString(),
                "--from",
                folder.resolve("bank").resolve("transactions.csv.zst").toString(),
                "--profile",
                "simulator_fraud",
                "--since",
                UNTIL,
                "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void evaluate() throws IOException {
    JsonNode figures = evaluated("full");
    CommandRun gated = evaluation("full", "--champion", folder.resolve("full").toString());
    assertThat(gated.exitCode()).as("no release is better than itself").isEqualTo(3);

    assertThat(figures.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "release",
            "rows",
            "frauds",
            "prAuc",
            "rocAuc",
            "cardPrecisionAt100",
            "alertBudgetPercent",
            "recallAtBudget",
            "precisionAtBudget",
            "threshold",
            "recallAtThreshold",
            "precisionAtThreshold",
            "byKind",
            "excludedKnown");
    List<SimulatedTransaction> judged =
        payments.stream().filter(payment -> payment.eventTimeMs() >= TRAINING_MS).toList();
    assertThat(figures.path("rows").asLong()).isEqualTo(judged.size());
    assertThat(figures.path("frauds").asLong()).isEqualTo(frauds(judged)).isPositive();
    assertThat(figures.path("prAuc").asDouble()).isBetween(0.0, 1.0);
  }

  private List<SimulatedTransaction> known() {
    return before(KNOWN_MS);
  }

  private List<SimulatedTransaction> before(long timeMs) {
    return payments.stream().filter(payment -> payment.eventTimeMs() < timeMs).toList();
  }

  private static long frauds(List<SimulatedTransaction> some) {
    return some.stream()
        .filter(
            payment -> payment.planted() != null && payment.planted().kind().lane() == Lane.FRAUD)
        .count();
  }
}
