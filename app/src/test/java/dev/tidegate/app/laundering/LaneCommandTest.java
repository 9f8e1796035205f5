package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.run.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneCommandTest {
  private static final long MINUTES_MS = 7 * 60_000L;

  @TempDir private Path folder;

  @Test
  void shouldWriteATableAndTheFiguresOfAFile() throws IOException {
    Path json = folder.resolve("figures.json");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--lane",
            "aml",
            "--from",
            written().toString(),
            "--profile",
            "aml_tide",
            "--seed",
            "5",
            "--json",
            json.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("transaction+graph", "seed 5", "all patterns");
    JsonNode figures = new JsonMapper().readTree(json.toFile());
    assertThat(figures.get("rows").asLong()).isEqualTo(PlantedPayments.of(MINUTES_MS).size());
    assertThat(figures.get("rejected").asLong()).isZero();
    assertThat(figures.get("shapes").get("found").asInt()).isEqualTo(10);
    JsonNode graph = figures.get("models").get(1);
    assertThat(graph.get("test").get("prAuc").asDouble())
        .isGreaterThan(figures.get("models").get(0).get("test").get("prAuc").asDouble());
    assertThat(graph.get("patterns").get("patterns").asInt()).isPositive();
    JsonNode features = figures.get("models").get(2);
    assertThat(features.get("columns").asText()).isEqualTo("transaction+graph+features");
    assertThat(features.get("features").asInt()).isGreaterThan(graph.get("features").asInt() + 100);
    assertThat(figures.get("protocol").asText()).isEqualTo("honest");
  }

  @Test
  void shouldRefuseANegativeSeed() throws IOException {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--lane",
            "aml",
            "--from",
            written().toString(),
            "--profile",
            "aml_tide",
            "--seed",
            "-1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--seed");
  }

  @Test
  void shouldRefuseAProtocolWhereItWouldNotCount() throws IOException {
    String file = written().toString();
    for (List<String> others :
        List.of(List.of("--lane", "aml", "--model", file), List.of("--lane", "payments"))) {
      List<String> arguments = new ArrayList<>(List.of("evaluate", "--protocol", "leaderboard"));
      arguments.addAll(List.of("--from", file, "--profile", "aml_tide"));
      arguments.addAll(others);
      CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains("--protocol is for");
    }
  }

  @Test
  void shouldRefuseFurtherSignalsWhereTheyWouldNotCount() throws IOException {
    String file = written().toString();
    for (String further : List.of("--longer-cycles", "--follow-money")) {
      for (List<String> others :
          List.of(List.of("--lane", "aml", "--model", file), List.of("--lane", "payments"))) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", further));
        arguments.addAll(List.of("--from", file, "--profile", "aml_tide"));
        arguments.addAll(others);
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(further + " is for");
      }
    }
  }

  private Path written() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(MINUTES_MS);
    StringBuilder rows =
        new StringBuilder("tx_id,timestamp,src,dest,transaction_type,amount,currency\n");
    StringBuilder labels = new StringBuilder("tx_id,pattern_id,pattern_type\n");
    Instant first = Instant.parse("2025-01-01T00:00:00Z");
    for (LabelledPayment payment : payments) {
      rows.append(
          String.format(
              Locale.ROOT,
              "%s,%s,account_%d,account_%d,PAYMENT,%d.%02d,EUR%n",
              number(payment),
              first.plusMillis(payment.timeMs()),
              payment.source(),
              payment.target(),
              payment.amountMinor() / 100,
              payment.amountMinor() % 100));
      if (payment.laundering()) {
        labels.append(number(payment) + "," + payment.pattern() + "," + payment.typology() + "\n");
      }
    }
    Files.writeString(folder.resolve("labels_laundering_tx.csv"), labels);
    return Files.writeString(folder.resolve("transactions.csv"), rows);
  }

  /** The profile wants a number as an id. */
  private static String number(LabelledPayment payment) {
    return payment.id().substring(1);
  }
}
