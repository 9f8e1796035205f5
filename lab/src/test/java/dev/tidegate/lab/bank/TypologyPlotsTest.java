package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads the truth back: each case of a published typology is what its description says. */
class TypologyPlotsTest {
  private static final SimulatorSettings SETTINGS = SimulatorSettings.of(5, 2_000);
  private static final int DAYS = 75;
  private static final long HOUR_MS = 3_600_000L;
  private static final List<SimulatedTransaction> ALL = new ArrayList<>();
  private static final Map<PlantedCase, List<SimulatedTransaction>> CASES = new LinkedHashMap<>();

  static {
    new BankSimulator(SETTINGS).transactions(DAYS).forEachRemaining(ALL::add);
    for (SimulatedTransaction payment : ALL) {
      if (payment.planted() != null) {
        CASES.computeIfAbsent(payment.planted(), unused -> new ArrayList<>()).add(payment);
      }
    }
    CASES.entrySet().removeIf(entry -> entry.getValue().size() < entry.getKey().payments());
  }

  private static List<List<SimulatedTransaction>> of(PlantedKind kind) {
    List<List<SimulatedTransaction>> found = new ArrayList<>();
    CASES.forEach(
        (planted, payments) -> {
          if (planted.kind() == kind) {
            found.add(payments);
          }
        });
    assertThat(found).as("whole cases of " + kind.code()).hasSizeGreaterThanOrEqualTo(5);
    return found;
  }

  @Test
  void shouldTryManyCardsAtOneMerchantWithSmallAmountsBeforeAnyIsUsed() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.CARD_TESTING)) {
      Map<String, SimulatedTransaction> first = new LinkedHashMap<>();
      payments.forEach(p -> first.putIfAbsent(p.card().number(), p));
      assertThat(first).hasSizeBetween(5, 12);
      Set<String> merchants = set(List.copyOf(first.values()), p -> p.card().merchantId());
      assertThat(merchants).hasSize(1);
      for (SimulatedTransaction trial : first.values()) {
        double perEuro = Country.valueOf(trial.card().country()).perEuro();
        assertThat(trial.amount().minorUnits() / perEuro).isBetween(40.0, 900.0);
        assertThat(trial.channel()).isEqualTo(Channel.CARD_ONLINE);
      }
      List<SimulatedTransaction> trials = List.copyOf(first.values());
      assertThat(span(trials)).isLessThan(HOUR_MS);
      assertThat(span(payments)).isLessThan(Day.MS * 2);
    }
  }

  @Test
  void shouldHaveTheHolderPayWithinWeeksInAScamAndMostlyOnce() {
    List<List<SimulatedTransaction>> scams = of(PlantedKind.APP_SCAM);
    int once = 0;
    for (List<SimulatedTransaction> payments : scams) {
      assertThat(set(payments, p -> p.payer().account())).hasSize(1);
      assertThat(payments).allMatch(p -> p.payee() != null && p.payer().customerId() != null);
      assertThat(payments).hasSizeBetween(1, 11);
      assertThat(set(payments, p -> p.payee().account())).hasSizeLessThanOrEqualTo(4);
      assertThat(span(payments)).isLessThan(45 * Day.MS);
      once += payments.size() == 1 ? 1 : 0;
    }
    assertThat((double) once / scams.size()).isBetween(0.5, 0.8);
  }

  @Test
  void shouldPayARedirectedInvoiceOnAWorkingDayToAPayeeNeverPaidBefore() {
    Map<String, Long> firstPaid = new HashMap<>();
    for (SimulatedTransaction payment : ALL) {
      if (payment.payee() != null) {
        firstPaid.putIfAbsent(pair(payment), payment.eventTimeMs());
      }
    }
    for (List<SimulatedTransaction> payments : of(PlantedKind.INVOICE_REDIRECTION)) {
      SimulatedTransaction first = payments.get(0);
      assertThat(payments).hasSizeBetween(1, 2);
      assertThat(set(payments, TypologyPlotsTest::pair)).hasSize(1);
      assertThat(firstPaid.get(pair(first))).isEqualTo(first.eventTimeMs());
      for (SimulatedTransaction payment : payments) {
        DayOfWeek day =
            Instant.ofEpochMilli(payment.eventTimeMs()).atOffset(ZoneOffset.UTC).getDayOfWeek();
        assertThat(day).isLessThan(DayOfWeek.SATURDAY);
      }
    }
  }

  @Test
  void shouldRefundOneCardAgainAndAgainWithOrWithoutPurchases() {
    int bought = 0;
    int nothing = 0;
    for (List<SimulatedTransaction> payments : of(PlantedKind.REFUND_ABUSE)) {
      assertThat(payments).hasSizeBetween(3, 8);
      assertThat(payments).allMatch(p -> p.amount().minorUnits() < 0 && p.card() != null);
      assertThat(set(payments, p -> p.payer().account())).hasSize(1);
      if (set(payments, p -> p.card().merchantId()).size() == 1
          && payments.get(0).channel() == Channel.CARD_POS) {
        nothing++;
      } else {
        bought++;
        payments.forEach(refund -> assertThat(ALL).anyMatch(p -> isPurchaseOf(p, refund)));
      }
    }
    assertThat(bought).isGreaterThan(nothing);
    assertThat(nothing).isPositive();
  }

  private static boolean isPurchaseOf(SimulatedTransaction p, SimulatedTransaction refund) {
    return p.card() != null
        && p.payer().account().equals(refund.payer().account())
        && p.amount().minorUnits() == -refund.amount().minorUnits()
        && p.eventTimeMs() < refund.eventTimeMs();
  }

  @Test
  void shouldEndAMerchantWithinTwoDaysOfChargesAboveItsOwn() {
    Map<String, List<SimulatedTransaction>> honest =
        ALL.stream()
            .filter(p -> p.planted() == null && p.card() != null)
            .filter(p -> p.card().merchantId() != null && p.amount().minorUnits() > 0)
            .collect(Collectors.groupingBy(p -> p.card().merchantId()));
    int lived = 0;
    int above = 0;
    for (List<SimulatedTransaction> payments : of(PlantedKind.MERCHANT_BUST_OUT)) {
      assertThat(set(payments, p -> p.card().merchantId())).hasSize(1);
      assertThat(payments).hasSizeBetween(10, 44);
      assertThat(span(payments)).isLessThan(2 * Day.MS);
      List<SimulatedTransaction> before =
          honest.getOrDefault(payments.get(0).card().merchantId(), List.of());
      if (!before.isEmpty()) {
        lived++;
        long last = before.get(before.size() - 1).eventTimeMs();
        assertThat(last).isLessThan(payments.get(payments.size() - 1).eventTimeMs());
        above += median(payments) > median(before) ? 1 : 0;
      }
    }
    assertThat(above).isGreaterThanOrEqualTo(lived * 3 / 4).isPositive();
  }

  @Test
  void shouldCutASumIntoPiecesBelowTheThresholdAroundOneAccount() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.STRUCTURING)) {
      assertThat(payments).hasSizeBetween(3, 12);
      assertThat(payments)
          .allMatch(p -> p.amount().minorUnits() < 1_000_000)
          .allMatch(p -> p.amount().minorUnits() >= 600_000);
      int payers = set(payments, p -> p.payer().account()).size();
      int payees = set(payments, p -> p.payee().account()).size();
      assertThat(Math.min(payers, payees)).isEqualTo(1);
      assertThat(span(payments)).isLessThan(30 * Day.MS);
    }
  }

  @Test
  void shouldHandOnWhatAMuleReceivedWithinDaysLessAShare() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.MULE)) {
      String mule = payments.get(0).payee().account();
      List<SimulatedTransaction> in = into(mule, payments);
      List<SimulatedTransaction> out = from(mule, payments);
      assertThat(in).hasSizeBetween(3, 7).hasSameSizeAs(out);
      assertThat(set(in, p -> p.payer().account())).hasSizeGreaterThanOrEqualTo(3);
      assertThat((double) sum(out) / sum(in)).isBetween(0.3, 1.0);
      for (int i = 0; i < in.size(); i++) {
        assertThat(out.get(i).eventTimeMs()).isGreaterThan(in.get(0).eventTimeMs());
      }
      assertThat(span(payments)).isLessThan(8 * Day.MS);
    }
  }

  @Test
  void shouldPassNearlyAllOnWithinTwoDays() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.PASS_THROUGH)) {
      String hub = payments.get(0).payee().account();
      List<SimulatedTransaction> in = into(hub, payments);
      List<SimulatedTransaction> out = from(hub, payments);
      assertThat(in.size()).isBetween(1, 3);
      assertThat(in.size() + out.size()).isEqualTo(payments.size());
      assertThat((double) sum(out) / sum(in)).isBetween(0.9, 1.0);
      for (SimulatedTransaction payment : out) {
        assertThat(in)
            .anyMatch(
                i ->
                    payment.eventTimeMs() > i.eventTimeMs()
                        && payment.eventTimeMs() - i.eventTimeMs() < 3 * Day.MS);
      }
    }
  }

  @Test
  void shouldBringACompanysMoneyBackToItWithLittleLost() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.ROUND_TRIP)) {
      SimulatedTransaction first = payments.get(0);
      String company = first.payer().account();
      List<SimulatedTransaction> back = into(company, payments);
      assertThat(back).isNotEmpty();
      assertThat(sum(back)).isLessThanOrEqualTo(sum(from(company, payments)));
      assertThat((double) sum(back) / sum(from(company, payments))).isGreaterThan(0.85);
      assertThat(back.get(0).eventTimeMs()).isGreaterThan(first.eventTimeMs());
      assertThat(back.get(0).payer().account()).isNotEqualTo(first.payee().account());
    }
  }

  @Test
  void shouldWakeAnAccountThatPaidNothingForFiveWeeks() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.DORMANT_ACCOUNT)) {
      SimulatedTransaction last = payments.get(payments.size() - 1);
      String account = last.payer().account();
      long woke = payments.get(0).eventTimeMs();
      long asleep = woke - (DormantPlot.ASLEEP_DAYS - 1) * Day.MS;
      assertThat(ALL)
          .noneMatch(
              p ->
                  p.payer().account().equals(account)
                      && p.eventTimeMs() < woke
                      && p.eventTimeMs() > asleep);
      assertThat(from(account, payments)).hasSizeBetween(2, 5);
      assertThat(span(payments)).isLessThan(5 * Day.MS);
    }
  }

  @Test
  void shouldSendMoneyToPlacesOfTransitMoreOftenThanByName() {
    int byName = 0;
    int all = 0;
    for (List<SimulatedTransaction> payments : of(PlantedKind.HIGH_RISK_CORRIDOR)) {
      assertThat(payments).hasSizeBetween(2, 5);
      Set<String> places =
          set(
              payments,
              p -> p.payer().customerId() == null ? p.payer().country() : p.payeeCountry());
      assertThat(places).hasSize(1);
      all++;
      Country place = Country.valueOf(places.iterator().next());
      byName += Country.CALL_FOR_ACTION.contains(place) ? 1 : 0;
      assertThat(Country.WITH_SHOPS).doesNotContain(place);
    }
    assertThat(byName).isPositive().isLessThan(all * 6 / 10);
  }

  private static String pair(SimulatedTransaction payment) {
    return payment.payer().account() + '>' + payment.payee().account();
  }

  private static <T> Set<T> set(
      List<SimulatedTransaction> payments, Function<SimulatedTransaction, T> what) {
    return payments.stream().map(what).collect(Collectors.toCollection(HashSet::new));
  }

  private static List<SimulatedTransaction> into(String account, List<SimulatedTransaction> all) {
    return all.stream()
        .filter(p -> p.payee() != null && p.payee().account().equals(account))
        .toList();
  }

  private static List<SimulatedTransaction> from(String account, List<SimulatedTransaction> all) {
    return all.stream().filter(p -> p.payer().account().equals(account)).toList();
  }

  private static long sum(List<SimulatedTransaction> payments) {
    return payments.stream().mapToLong(p -> p.amount().minorUnits()).sum();
  }

  private static long span(List<SimulatedTransaction> payments) {
    return payments.get(payments.size() - 1).eventTimeMs() - payments.get(0).eventTimeMs();
  }

  private static double median(List<SimulatedTransaction> payments) {
    long[] sizes = payments.stream().mapToLong(p -> p.amount().minorUnits()).sorted().toArray();
    return sizes[sizes.length / 2];
  }
}
