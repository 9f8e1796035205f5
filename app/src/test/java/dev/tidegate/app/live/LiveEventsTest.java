package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reference/up-events.md} to what is printed, field by field. */
final class LiveEventsTest {
  private final StringWriter printed = new StringWriter();
  private final LiveEvents events =
      new LiveEvents(new PrintWriter(printed), new ManualClock(Instant.EPOCH));

  @Test
  void shouldPrintNothingThatIsNotDocumented() throws IOException {
    String page = Files.readString(Home.path("docs", "reference", "up-events.md"));
    printOneOfEach();

    for (JsonNode line : lines()) {
      String kind = line.path("event").asText();
      assertThat(page).contains("\n## `" + kind + "`\n");
      String section = page.split("\n## `" + kind + "`\n", 2)[1].split("\n## ", 2)[0];
      line.fieldNames()
          .forEachRemaining(
              field -> assertThat(section + "`event` `at`").as(kind).contains("`" + field + "`"));
    }
  }

  @Test
  void shouldPrintEveryKind() throws IOException {
    printOneOfEach();

    assertThat(lines())
        .extracting(line -> line.path("event").asText())
        .containsAll(
            Arrays.stream(LiveEvents.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void shouldPrintOneAlertALine() throws IOException {
    events.alert(alert());

    assertThat(lines()).hasSize(1);
    JsonNode line = lines().get(0);
    assertThat(line.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(line.path("alertId").asText()).isEqualTo("a-1");
    assertThat(line.path("score").isNull()).as("JSON has no NaN").isTrue();
    assertThat(line.has("payeeAccount")).as("no payee").isFalse();
  }

  private void printOneOfEach() {
    events.settings(Map.of("data", "d"), Map.of("console.port", "0"));
    events.started(
        "simulated bank", "r-1", Map.of("console", "http://x", "kafka", "k", "registry", "r"));
    events.progress(new Pulse.Beat(5, 1, 4, 1, 2.5, 3, 9, false));
    events.alert(alert());
    events.rejected(
        Rejected.newBuilder()
            .setSource("p")
            .setSourceOffset(3)
            .setReason("amount-unreadable")
            .setField("amount")
            .setDetail("the amount is no number")
            .setRejectedAtMs(1)
            .build());
    events.restarting("scoring", "a reason", Duration.ofSeconds(1));
    events.running("scoring");
    events.failed("features", "a reason");
    events.stopped();
  }

  private static Alert alert() {
    Transaction payment =
        Transaction.newBuilder()
            .setTransactionId("t-1")
            .setSource("p")
            .setSourceOffset(7)
            .setEventTimeMs(1)
            .setIngestedAtMs(2)
            .setAmountMinor(1250)
            .setCurrency("EUR")
            .setPayerAccount("acc")
            .setMerchantId("m")
            .build();
    return Alert.newBuilder()
        .setAlertId("a-1")
        .setLane(Lane.FRAUD)
        .setTransaction(payment)
        .setCreatedAtMs(3)
        .setScore(Double.NaN)
        .setThreshold(0.5)
        .setOutcome(Outcome.HOLD)
        .setRelease("r-1")
        .setFeatureDigest("d")
        .setFeatureNames(List.of())
        .setFeatureValues(List.of())
        .build();
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : printed.toString().lines().toList()) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }
}
