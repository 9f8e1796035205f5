package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate replay} on real parts: every row of a file is accounted for. */
final class ReplayIT {
  private static final int SEED = 5;
  private static final int CUSTOMERS = 300;
  private static final int DAYS = 4;
  private static final int DAMAGE_EVERY = 100;

  /** What damages a row, and the reason it is then rejected for. */
  private static final List<Map.Entry<String, UnaryOperator<String>>> DAMAGES =
      List.of(
          Map.entry("wrong-column-count", row -> row.substring(0, row.lastIndexOf(','))),
          Map.entry("value-unexpected", row -> row.substring(row.indexOf(','))),
          Map.entry("time-unreadable", row -> row.replaceFirst(",20..-", ",xx-")),
          Map.entry("amount-unreadable", row -> row.replaceFirst("(\\.\\d\\d),", "$1x,")),
          Map.entry("currency-unknown", row -> row.replaceFirst(",[A-Z]{3},", ",QQQ,")),
          Map.entry("quote-broken", row -> row.replaceFirst("ACC", "A\"CC")),
          Map.entry("blank-line", row -> ""));

  private final JsonMapper json = new JsonMapper();

  @TempDir private Path folder;

  @Test
  void shouldRejectExactlyTheDamagedRowsOfAFileWithoutLabelsTwiceAlike() throws Exception {
    List<String> lines = new ArrayList<>(BankFile.lines(SEED, CUSTOMERS, DAYS));
    Map<Long, String> damaged = damage(lines);
    Path file = Files.write(folder.resolve("damaged.csv"), lines);

    String profile = profileWithLabelsThatTheFileLacks();

    JsonNode summary = replay(file, profile, "first");
    replay(file, profile, "again");

    assertThat(rejectedReasons("first")).isEqualTo(damaged);
    long rows = lines.size() - 1L;
    assertThat(summary.path("rows").asLong()).isEqualTo(rows);
    assertThat(summary.path("decisions").asLong()).isEqualTo(rows - damaged.size());
    assertThat(summary.path("unaccounted").asLong()).isZero();
    assertThat(summary.path("repeatedDecisions").asLong()).isZero();
    assertThat(summary.path("duplicates").asLong()).isZero();
    assertThat(counts(summary.path("rejected")))
        .isEqualTo(
            damaged.values().stream()
                .collect(Collectors.groupingBy(r -> r, TreeMap::new, Collectors.counting())));
    shouldDecideEachGoodRowOnceInOrderOfTheFile(lines, damaged);
    shouldAlertAtOrAboveTheThresholdAlone(summary.path("alerts").asLong());
    for (String name : List.of("decisions.ndjson", "alerts.ndjson", "rejected.ndjson")) {
      assertThat(folder.resolve("again").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("first").resolve(name));
    }
  }

  /** The simulator's, but with labels in a column of the file, as open datasets have them. */
  private String profileWithLabelsThatTheFileLacks() throws IOException {
    String shipped = Files.readString(Home.path("config", "profiles", "simulator.yaml"));
    String fields = shipped.substring(0, shipped.indexOf("\nlabel:"));
    String own =
        fields
            + """

            label: {column: is_fraud, positive: ["1"], negative: ["0"]}
            expect: {transaction_id: text, is_fraud: ["0", "1"]}
            """;
    return Files.writeString(folder.resolve("own.yaml"), own).toString();
  }

  /** Damages one row in a hundred, each in the next way; returns the reasons by line. */
  private static Map<Long, String> damage(List<String> lines) {
    Map<Long, String> reasons = new TreeMap<>();
    for (int i = DAMAGE_EVERY; i < lines.size(); i += DAMAGE_EVERY) {
      var way = DAMAGES.get(reasons.size() % DAMAGES.size());
      String row = lines.get(i);
      lines.set(i, way.getValue().apply(row));
      assertThat(lines.get(i)).as(way.getKey()).isNotEqualTo(row);
      reasons.put(i + 1L, way.getKey());
    }
    return reasons;
  }

  private void shouldDecideEachGoodRowOnceInOrderOfTheFile(
      List<String> lines, Map<Long, String> damaged) throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!damaged.containsKey(i + 1L)) {
        expected.add(lines.get(i).substring(0, lines.get(i).indexOf(',')));
      }
    }
    assertThat(results("first", "decisions.ndjson"))
        .extracting(decision -> decision.path("transactionId").asText())
        .isEqualTo(expected);
  }

  private void shouldAlertAtOrAboveTheThresholdAlone(long alerts) throws IOException {
    List<JsonNode> raised = results("first", "alerts.ndjson");
    assertThat(raised).isNotEmpty().hasSize(Math.toIntExact(alerts));
    assertThat(raised)
        .allSatisfy(
            alert ->
                assertThat(alert.path("score").asDouble())
                    .isGreaterThanOrEqualTo(alert.path("threshold").asDouble()));
    assertThat(raised).extracting(alert -> alert.path("alertId").asText()).doesNotHaveDuplicates();
    assertThat(results("first", "decisions.ndjson"))
        .filteredOn(decision -> !decision.path("outcome").asText().equals("APPROVE"))
        .extracting(decision -> decision.path("transactionId").asText())
        .containsExactlyElementsOf(
            raised.stream().map(alert -> alert.path("transactionId").asText()).toList());
  }

  @Test
  void shouldWriteEmptyResultsForAFileOfNothingButItsHeader() throws Exception {
    List<String> header = BankFile.lines(SEED, CUSTOMERS, 1).subList(0, 1);
    Path file = Files.write(folder.resolve("header.csv"), header);

    JsonNode summary = replay(file, "simulator", "header");

    assertThat(summary.path("rows").asLong()).isZero();
    assertThat(summary.path("unaccounted").asLong()).isZero();
    for (String name : List.of("decisions.ndjson", "alerts.ndjson", "rejected.ndjson")) {
      assertThat(folder.resolve("header").resolve(name)).isEmptyFile();
    }
  }

  /** Replays into a folder; returns the summary, which is the same on standard output. */
  private JsonNode replay(Path file, String profile, String out) throws IOException {
    Path results = folder.resolve(out);
    CommandRun run =
        CommandRun.of(
                "replay",
                file.toString(),
                "--profile",
                profile,
                "--out",
                results.toString(),
                "--json")
            .succeeded();
    JsonNode summary = json.readTree(results.resolve("summary.json").toFile());
    assertThat(run.json()).isEqualTo(summary);
    return summary;
  }

  private List<JsonNode> results(String out, String name) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(out).resolve(name))) {
      nodes.add(json.readTree(line));
    }
    return nodes;
  }

  private Map<Long, String> rejectedReasons(String out) throws IOException {
    Map<Long, String> reasons = new TreeMap<>();
    for (JsonNode rejected : results(out, "rejected.ndjson")) {
      assertThat(rejected.path("detail").asText()).isNotEmpty();
      reasons.put(rejected.path("line").asLong(), rejected.path("reason").asText());
    }
    return reasons;
  }

  private static Map<String, Long> counts(JsonNode byReason) {
    Map<String, Long> counts = new TreeMap<>();
    byReason.properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    return counts;
  }
}
