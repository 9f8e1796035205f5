package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.console.SampleAlerts;
import dev.tidegate.console.SampleReasons;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertJsonTest {
  private static final Alert ALERT = new SampleAlerts(3, 1_700_000_000_000L).alert(4, 99);

  @Test
  void shouldReadBackWhatItWrote() {
    for (Alert alert : new SampleAlerts(11, 1_700_000_000_000L).take(50)) {
      assertThat(AlertJson.read(AlertJson.write(alert).toString())).isEqualTo(alert);
    }
  }

  @Test
  void shouldKeepMissingNumbersAsMissing() {
    Alert alert =
        Alert.newBuilder(ALERT)
            .setScore(Double.NaN)
            .setFeatureNames(List.of("a", "b"))
            .setFeatureValues(List.of(Float.NaN, 0.1f))
            .build();

    Alert read = AlertJson.read(AlertJson.write(alert).toString());

    assertThat(read.getScore()).isNaN();
    assertThat(read.getFeatureValues()).containsExactly(Float.NaN, 0.1f);
  }

  @Test
  void shouldReplaceTheZeroCharacterThatTheDatabaseRefuses() {
    Transaction payment =
        Transaction.newBuilder(ALERT.getTransaction()).setMerchantId("a\0b\\u0000").build();
    ObjectNode json = AlertJson.write(Alert.newBuilder(ALERT).setTransaction(payment).build());

    assertThat(json.get("transaction").get("merchantId").asText()).isEqualTo("a\uFFFDb\\u0000");
  }

  @Test
  void shouldKeepTheRuleSetAndWhyAnAnswerIsAFallBack() {
    Alert alert = Alert.newBuilder(ALERT).setRuleSet("set-7").setDegraded("model-failure").build();

    Alert read = AlertJson.read(AlertJson.write(alert).toString());

    assertThat(read.getRuleSet()).isEqualTo("set-7");
    assertThat(read.getDegraded()).isEqualTo("model-failure");
  }

  @Test
  void shouldFillFieldsThatAnOlderSchemaDidNotHave() {
    ObjectNode old = AlertJson.write(ALERT);
    old.remove("rules");
    old.remove("ruleSet");
    old.remove("degraded");
    ((ObjectNode) old.get("transaction")).remove("channel");

    Alert read = AlertJson.read(old.toString());

    assertThat(read.getRules()).isEmpty();
    assertThat(read.getRuleSet()).isEmpty();
    assertThat(read.getDegraded()).isNull();
    assertThat(read.getTransaction().getChannel()).isNull();
  }

  @Test
  void shouldRefuseWhatIsNoAlert() {
    assertThatThrownBy(() -> AlertJson.read("{")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AlertJson.read("{}")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldGiveTheReasonsWithTheWholeAlert() {
    StoredAlert stored = new StoredAlert(12, ALERT);
    AlertReasons reasons = SampleReasons.of(ALERT, "2026-11", 7);

    assertThat(AlertJson.whole(stored, null, null).get("reasons").isNull()).isTrue();
    assertThat(AlertJson.whole(stored, reasons, null).at("/reasons/reasons/0/code").asText())
        .isEqualTo("VEL-01");
  }

  @Test
  void shouldLeaveTheVectorOutOfASummary() {
    ObjectNode summary = AlertJson.summary(new StoredAlert(12, ALERT));

    assertThat(summary.get("seq").asLong()).isEqualTo(12);
    assertThat(summary.has("featureValues")).isFalse();
    assertThat(summary.get("transaction").get("payerAccount").asText())
        .isEqualTo(ALERT.getTransaction().getPayerAccount());
  }
}
