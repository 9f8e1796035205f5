package dev.tidegate.scoring.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.release.ReleaseStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReasonTableTest {
  private static final ReasonTable TABLE = ReasonTable.shipped();

  @Test
  void shouldKeepItsCodes() {
    assertThat(TABLE.version()).isEqualTo("2026-2");
    assertThat(TABLE.codes().stream().map(code -> code.code() + " " + code.family()))
        .containsExactly(
            "R10 labels",
            "R21 card testing",
            "R22 structuring",
            "R23 refunds",
            "R24 abroad",
            "R25 round sums",
            "R26 hour",
            "R30 device and address",
            "R40 recency",
            "R50 spread",
            "R60 own past",
            "R61 last payments",
            "R70 paid side",
            "R80 payer velocity",
            "R90 payment",
            "R99 other");
  }

  @ParameterizedTest
  @CsvSource({
    "terminal_risk_7d, R10",
    "terminal_count_delayed_1d, R10",
    "account_count_tiny_1h, R21",
    "counterparty_sum_base_below_10k_30d, R22",
    "counterparty_share_refund_30d, R23",
    "corridor_z_score_30d, R24",
    "account_distinct_country_30d, R24",
    "account_count_round_30d, R25",
    "account_hour_score_7d, R26",
    "account_share_night_30d, R26",
    "ip_distinct_account_1h, R30",
    "account_is_new_device_30d, R30",
    "counterparty_first_seen, R40",
    "account_distinct_counterparty_30d_per_account_count_30d, R50",
    "amount_per_account_mean_30d, R60",
    "account_sequence_0_back_value_1, R61",
    "amount_per_counterparty_mean_30d, R70",
    "counterparty_z_score_7d, R70",
    "account_sum_1d_per_account_sum_30d, R80",
    "amount, R90",
    "something_of_your_own, R99"
  })
  void shouldClaimAFeatureByItsName(String feature, String code) {
    assertThat(TABLE.of(feature).code()).isEqualTo(code);
  }

  @Test
  void shouldHaveACodeForEveryFeatureOfTheShippedRelease() {
    Path release =
        Path.of(System.getProperty("tidegate.home"), "config", "releases", "payments-sim-0004");

    assertThat(ReleaseStore.load(release).manifest().featureNames())
        .hasSize(143)
        .allSatisfy(name -> assertThat(TABLE.of(name).code()).as(name).isNotEqualTo("R99"));
  }

  @Test
  void shouldSpeakEnglishAndChinese() {
    for (ReasonCode code : TABLE.codes()) {
      assertThat(code.english()).matches("[A-Za-z', ]+");
      assertThat(code.chinese().codePoints().filter(Character::isIdeographic).count())
          .as(code.code())
          .isGreaterThan(4);
    }
  }

  @Test
  void shouldRefuseATableWithADoubleCodeOrWithoutARest() {
    ReasonCode rest = new ReasonCode("R99", "other", ".*", "Other", "其他");
    ReasonCode some = new ReasonCode("R10", "labels", "risk.*", "Risk", "风险");

    assertThat(new ReasonTable("1", List.of(some, rest)).of("risk_1d")).isEqualTo(some);
    assertThatThrownBy(() -> new ReasonTable("1", List.of(some)))
        .hasMessageContaining("a last code for the rest");
    assertThatThrownBy(() -> new ReasonTable("1", List.of(some, some, rest)))
        .hasMessageContaining("R10 stands twice");
    assertThatThrownBy(() -> new ReasonCode("10", "a", "b", "c", "d"))
        .hasMessageContaining("R and two digits");
  }
}
