package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  private static boolean passes(String filter, Transaction.Builder payment) {
    return new Filters(List.of(filter), Texts.RATES).bits(payment.build()) == 1;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount == 12.34",
        "amount > 12 && amount < 13",
        "base_amount == 12.34",
        "hour == 18 && weekday == 3 && day == 25",
        "currency == 'EUR'",
        "currency in ['EUR', 'USD']",
        "channel == ''",
        "!cross_border && !has_card && !has_device && !has_ip",
        "!has_merchant && !has_terminal && !has_payee_account && !round_amount",
        "payer_country == '' && payee_country == '' && merchant_category == ''",
        "merchant + terminal == ''"
      })
  void shouldPassWhatIsTrueOfThePayment(String filter) {
    assertThat(passes(filter, Texts.payment())).isTrue();
    assertThat(passes("!(" + filter + ")", Texts.payment())).isFalse();
  }

  @Test
  void shouldSeeWhatThePaymentNames() {
    Transaction.Builder payment =
        Texts.payment()
            .setPayerCountry("NL")
            .setPayeeCountry("BE")
            .setCardToken("c")
            .setDeviceId("d")
            .setIpAddress("1.2.3.4")
            .setMerchantId("m-1")
            .setTerminalId("t-1")
            .setPayeeAccount("a")
            .setChannel("online")
            .setMerchantCategory("5411")
            .setAmountMinor(-20_000);
    assertThat(
            passes(
                "cross_border && has_card && has_device && has_ip && has_merchant && has_terminal"
                    + " && has_payee_account && round_amount && channel == 'online'"
                    + " && merchant.startsWith('m-') && terminal == 't-1' && amount == -200.0"
                    + " && merchant_category.matches('54..')",
                payment))
        .isTrue();
  }

  @Test
  void shouldConvertToTheBaseAndPassNothingWithoutARate() {
    assertThat(passes("base_amount == 9.87", Texts.payment().setCurrency("USD"))).isTrue();
    assertThat(passes("base_amount < 1e9", Texts.payment().setCurrency("XXX"))).isFalse();
    assertThat(passes("base_amount >= 0.0", Texts.payment().setCurrency("XXX"))).isFalse();
  }

  @Test
  void shouldSetABitForEachFilterPassed() {
    Filters filters =
        new Filters(List.of("hour < 7", "amount > 0.0", "hour >= 7", "has_ip"), Texts.RATES);
    assertThat(filters.bits(Texts.payment().build())).isEqualTo(0b0110);
    assertThat(filters.bits(Texts.payment().setEventTimeMs(0).setIpAddress("i").build()))
        .isEqualTo(0b1011);
    assertThat(filters.failures()).isZero();
  }

  @Test
  void shouldCountAFailureAsNotPassed() {
    Filters filters = new Filters(List.of("24 / hour == 24", "hour == 0"), Texts.RATES);
    assertThat(filters.bits(Texts.payment().setEventTimeMs(0).build())).isEqualTo(0b10);
    assertThat(filters.failures()).isEqualTo(1);
    assertThat(filters.bits(Texts.payment().setEventTimeMs(3_600_000).build())).isEqualTo(0b01);
    assertThat(filters.failures()).isEqualTo(1);
  }

  /** As many as a catalogue may have, the last of them asked for. */
  @Test
  void shouldKeepHistoriesForAsManyFiltersAsACatalogueMayHave() {
    StringBuilder yaml = new StringBuilder("features:\n");
    for (int i = 0; i < Filters.MOST; i++) {
      yaml.append("  - {entity: ip, aggregate: count, windows: 1d, as: f").append(i);
      yaml.append(", filter: amount > ").append(i).append(".0}\n");
    }
    Catalogue catalogue = Catalogue.parse(yaml.toString(), "many", Rates.none());
    EntityWindows windows = new EntityWindows(catalogue.layout(Entity.IP));
    long bits = catalogue.compiledFilters().bits(Texts.payment().setAmountMinor(9_999_00).build());
    EntityHistory history = windows.empty();
    double[] answers = new double[Filters.MOST];
    for (int i = 1; i <= 3; i++) {
      Amount amount = new Amount(9_999_00, 9_999_00, 1);
      windows.add(history, new Event(i, i, amount, bits, new long[0]), answers);
      assertThat(answers).containsOnly(i);
      history = windows.codec().read(windows.codec().write(history));
    }
  }

  @Test
  void shouldRefuseWhatIsNoFilter() {
    assertThatThrownBy(() -> new Filters(List.of("amount +"), Texts.RATES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not compile at character");
    String loop = "[1, 2].all(x, x > hour)";
    assertThat(FilterCompiler.problemOf(loop)).isNotEmpty();
    assertThat(FilterCompiler.problemOf("hour > 1" + " ".repeat(1_000))).contains("longer");
  }
}
