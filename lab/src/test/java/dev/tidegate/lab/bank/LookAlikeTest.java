package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Honest payments must hold what crime holds, or a detector is right for the wrong reason. */
class LookAlikeTest {
  private static final List<SimulatedTransaction> HONEST =
      BankSimulatorTest.simulate(1_500, 31).stream().filter(p -> p.planted() == null).toList();

  @Test
  void shouldHoldLargePurchases() {
    assertThat(count(p -> p.card() != null && p.amount().minorUnits() > 80_000)).isGreaterThan(100);
  }

  @Test
  void shouldHoldNightShoppers() {
    assertThat(count(p -> p.card() != null && p.eventTimeMs() / 3_600_000 % 24 < 4))
        .isGreaterThan(500);
  }

  @Test
  void shouldHoldJourneysAndMoneyAcrossBorders() {
    assertThat(count(p -> p.channel() == Channel.CARD_POS && abroad(p))).isGreaterThan(300);
    assertThat(count(p -> p.payee() != null && abroad(p))).isGreaterThan(300);
    assertThat(count(p -> !p.amount().currency().equals("EUR"))).isGreaterThan(500);
  }

  @Test
  void shouldHoldFanInsAndFanOuts() {
    assertThat(fans(p -> p.payee().account(), p -> p.payer().account())).isGreaterThan(50);
    assertThat(fans(p -> p.payer().account(), p -> p.payee().account())).isGreaterThan(50);
  }

  @Test
  void shouldHoldMoneyPassedOnAtOnce() {
    Map<String, SimulatedTransaction> lastIn = new HashMap<>();
    int passed = 0;
    for (SimulatedTransaction payment : HONEST) {
      if (payment.payee() != null) {
        SimulatedTransaction in = lastIn.get(payment.payer().account());
        if (in != null && payment.eventTimeMs() - in.eventTimeMs() < 2 * 3_600_000) {
          double ratio = (double) payment.amount().minorUnits() / in.amount().minorUnits();
          passed += ratio > 0.9 && ratio <= 1 ? 1 : 0;
        }
        lastIn.put(payment.payee().account(), payment);
      }
    }
    assertThat(passed).isGreaterThan(100);
  }

  @Test
  void shouldHoldNewDevicesAndNewPayees() {
    assertThat(firstSeen(p -> p.access() == null ? null : p.access().deviceId()))
        .isGreaterThan(1_000);
    assertThat(firstSeen(p -> p.payee() == null ? null : p.payee().account())).isGreaterThan(1_000);
  }

  @Test
  void shouldHoldSeveralCardPurchasesInAnHour() {
    Map<String, Long> third = new HashMap<>();
    Map<String, Long> second = new HashMap<>();
    int bursts = 0;
    for (SimulatedTransaction payment : HONEST) {
      if (payment.card() != null) {
        String account = payment.payer().account();
        Long before = third.put(account, second.getOrDefault(account, 0L));
        second.put(account, payment.eventTimeMs());
        bursts += before != null && payment.eventTimeMs() - before < 3_600_000 ? 1 : 0;
      }
    }
    assertThat(bursts).isGreaterThan(100);
  }

  @Test
  void shouldHoldRefundsOfEarlierPurchasesOnly() {
    long refunds = count(p -> p.amount().minorUnits() < 0);
    long cards = count(p -> p.card() != null);
    assertThat((double) refunds / cards).isBetween(0.01, 0.04);
    Set<String> bought = new HashSet<>();
    for (SimulatedTransaction payment : HONEST) {
      if (payment.card() != null) {
        String there = payment.payer().account() + payment.card().merchantId();
        if (payment.amount().minorUnits() < 0) {
          assertThat(bought).contains(there);
        }
        bought.add(there);
      }
    }
  }

  @Test
  void shouldHoldTinyPaymentsInARow() {
    assertThat(count(p -> p.amount().minorUnits() > 0 && p.amount().minorUnits() < 200))
        .isGreaterThan(500);
  }

  @Test
  void shouldHoldSumsJustBelowTheReportingThreshold() {
    assertThat(count(p -> p.payee() != null && base(p) >= 8_000 && base(p) < 10_000))
        .isGreaterThan(50);
  }

  @Test
  void shouldHoldMoneyToPlacesOfTransitAndUnderACallForAction() {
    assertThat(count(p -> p.payeeCountry().equals("TR") || p.payeeCountry().equals("AE")))
        .isGreaterThan(20);
    assertThat(count(p -> Country.CALL_FOR_ACTION.contains(Country.valueOf(p.payeeCountry()))))
        .isPositive();
  }

  @Test
  void shouldHoldAccountsThatOpenAndAccountsThatWake() {
    SimulatorSettings settings = SimulatorSettings.of(3, 1_500);
    SecondAccounts accounts = new SecondAccounts(settings);
    int opened = 0;
    int woke = 0;
    for (Customer customer : new Population(settings).customers()) {
      for (int day = 0; day < 31; day++) {
        SecondAccounts.Use use = accounts.use(customer);
        opened += use == SecondAccounts.Use.HOUSEHOLD && accounts.opensOn(customer) == day ? 1 : 0;
        woke +=
            use == SecondAccounts.Use.QUIET && accounts.daysSinceAwakening(customer, day) == 0
                ? 1
                : 0;
      }
    }
    assertThat(opened).isBetween(2, 20);
    assertThat(woke).isBetween(2, 25);
  }

  private static double base(SimulatedTransaction payment) {
    return payment.amount().minorUnits() / 100.0;
  }

  private static boolean abroad(SimulatedTransaction payment) {
    return !payment.payeeCountry().equals(payment.payer().country());
  }

  private static long count(Predicate<SimulatedTransaction> what) {
    return HONEST.stream().filter(what).count();
  }

  /** How often the account and the value from the second half of the month are seen first. */
  private static int firstSeen(Function<SimulatedTransaction, String> what) {
    Set<String> seen = new HashSet<>();
    int fresh = 0;
    for (int i = 0; i < HONEST.size(); i++) {
      String value = what.apply(HONEST.get(i));
      boolean isNew = value != null && seen.add(HONEST.get(i).payer().account() + value);
      fresh += isNew && i > HONEST.size() / 2 ? 1 : 0;
    }
    return fresh;
  }

  /** Accounts and days with at least eight partners. */
  private static long fans(
      Function<SimulatedTransaction, String> centre, Function<SimulatedTransaction, String> other) {
    Map<String, Set<String>> partners = new HashMap<>();
    for (SimulatedTransaction payment : HONEST) {
      if (payment.payee() != null) {
        String key = centre.apply(payment) + payment.eventTimeMs() / Day.MS;
        partners.computeIfAbsent(key, unused -> new HashSet<>()).add(other.apply(payment));
      }
    }
    return partners.values().stream().filter(some -> some.size() >= 8).count();
  }
}
