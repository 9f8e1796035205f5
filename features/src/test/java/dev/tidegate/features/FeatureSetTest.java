package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.money.MajorUnits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSetTest {
  @Test
  void shouldNameEveryFeatureOnceInOrder() {
    List<String> names = FeatureSet.current().names();
    assertThat(names).hasSize(27).doesNotHaveDuplicates();
    assertThat(names)
        .startsWith("account_count_1h", "account_mean_1h", "account_max_1h", "account_count_1d")
        .endsWith("counterparty_max_30d", "amount", "hour_of_day", "day_of_week");
    assertThat(names.indexOf("counterparty_count_1h")).isEqualTo(12);
  }

  @Test
  void shouldKeepItsDigestWhileItsDefinitionStays() {
    assertThat(FeatureSet.current().digest())
        .isEqualTo("5c94f3e0a1442ee29fe98fe83c8537788dca154c22025d2634b0b232ebe20298");
  }

  @Test
  void shouldTellHourAndWeekdayInUtc() {
    List<Float> values = new ArrayList<>();
    // 2018-07-25T18:30:00Z was a Wednesday
    FeatureSet.appendPayment(
        values, Payments.payment("a", 1_532_543_400_000L, "p", null, 1_234), new MajorUnits());
    assertThat(values).containsExactly(12.34f, 18.5f, 3f);
  }

  @Test
  void shouldNotMixKindsOfCounterparties() {
    var terminal = Payments.payment("a", 1, "7", "7", 1);
    assertThat(Entity.COUNTERPARTY.keyOf(terminal)).isEqualTo("EUR:t:7");
    assertThat(Entity.ACCOUNT.keyOf(terminal)).isEqualTo("EUR:a:7");
    var none = Payments.payment("a", 1, "7", null, 1);
    assertThat(Entity.COUNTERPARTY.idOf(none)).isNull();
    assertThat(Entity.COUNTERPARTY.keyOf(none)).isEqualTo("EUR:-:7");
  }
}
