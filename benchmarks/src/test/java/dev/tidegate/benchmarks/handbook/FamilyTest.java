package dev.tidegate.benchmarks.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Families cut a catalogue into parts. */
final class FamilyTest {
  private static final Catalogue SHIPPED = DeclaredFeatures.read(null);

  @Test
  void shouldGiveEveryShippedFeatureExactlyOneFamily() {
    Map<String, List<Family>> families = new HashMap<>();
    for (Family family : Family.values()) {
      List<String> dropped = new ArrayList<>(SHIPPED.names());
      dropped.removeAll(Columns.without(family, SHIPPED).features());
      assertThat(dropped).as(family.words()).isNotEmpty();
      dropped.forEach(name -> families.computeIfAbsent(name, n -> new ArrayList<>()).add(family));
    }

    assertThat(families).containsOnlyKeys(SHIPPED.names());
    assertThat(families.values()).allMatch(of -> of.size() == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "amount, PAYMENT",
    "account_count_7d, PAYER_VELOCITY",
    "card_count_1h, PAYER_VELOCITY",
    "account_z_score_7d, OWN_PAST",
    "account_hour_score_7d, HOUR",
    "counterparty_hour_distance_30d, HOUR",
    "counterparty_z_score_7d, PAID_SIDE",
    "device_count_1d, CHANNEL",
    "corridor_z_score_30d, CHANNEL",
    "device_distinct_account_1d, SPREAD",
    "counterparty_first_seen, RECENCY",
    "account_is_new_counterparty_30d, RECENCY",
    "account_count_tiny_1h, FILTERED",
    "terminal_risk_7d, LABELS",
    "terminal_count_delayed_7d, LABELS",
    "account_share_night_30d, RATIOS"
  })
  void shouldPutAFeatureWhereItsQuestionBelongs(String feature, Family family) {
    assertThat(Family.of(SHIPPED.features().get(SHIPPED.place(feature)))).isEqualTo(family);
  }

  @Test
  void shouldKnowEveryEntityAndKindThatACatalogueCanDeclare() {
    for (Entity entity : Entity.values()) {
      for (Kind kind : Kind.values()) {
        Measure measure =
            new Measure(kind, Money.OWN, Measure.ALL, Measure.NO_TAG, 1, 0, 0.5, true);
        Feature feature = new Feature.Measured("x", entity, measure, "");
        assertThat(Family.of(feature)).isNotNull().isNotEqualTo(Family.PAYMENT);
      }
    }
  }

  @Test
  void shouldKeepAFamilyAndThePayment() {
    Columns labels = Columns.alone(Family.LABELS, SHIPPED);

    assertThat(labels.features())
        .contains("amount", "terminal_risk_1d")
        .doesNotContain("account_count_1d");
    assertThat(Columns.without(Family.LABELS, SHIPPED).features())
        .hasSize(SHIPPED.size() - labels.size() + Columns.alone(Family.PAYMENT, SHIPPED).size());
  }

  @Test
  void shouldCopyTheColumnsThatTheNamesSay() {
    Columns labels = Columns.alone(Family.LABELS, SHIPPED);
    float[] vector = new float[SHIPPED.size()];
    for (int place = 0; place < vector.length; place++) {
      vector[place] = place;
    }

    float[] copied = new float[1 + labels.size()];
    labels.copy(vector, copied, 1);

    for (int i = 0; i < labels.size(); i++) {
      assertThat((int) copied[i + 1]).isEqualTo(SHIPPED.place(labels.features().get(i)));
    }
  }
}
