package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BankSimulatorTest {
  private static final int CUSTOMERS = 1_500;
  private static final int DAYS = 40;
  private static final List<SimulatedTransaction> ALL = simulate(CUSTOMERS, DAYS);

  static List<SimulatedTransaction> simulate(int customers, int days) {
    List<SimulatedTransaction> all = new ArrayList<>();
    new BankSimulator(SimulatorSettings.of(3, customers))
        .transactions(days)
        .forEachRemaining(all::add);
    return all;
  }

  @Test
  void shouldGivePaymentsByTimeWithUniqueRisingIds() {
    assertThat(ALL)
        .extracting(SimulatedTransaction::eventTimeMs)
        .isSortedAccordingTo(Long::compareTo);
    assertThat(ALL)
        .extracting(SimulatedTransaction::transactionId)
        .isSortedAccordingTo(String::compareTo)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldMakeThreeToFourPaymentsACustomerAndDay() {
    double each = (double) ALL.size() / CUSTOMERS / DAYS;
    assertThat(each).isBetween(3.0, 4.0);
  }

  @Test
  void shouldPlantTheAnnouncedShares() {
    assertThat(share(ALL, Lane.FRAUD)).isBetween(0.004, 0.006);
    assertThat(share(ALL, Lane.LAUNDERING)).isBetween(0.002, 0.003);
  }

  @Test
  void shouldPlantEveryKindFromTheFirstDaysOn() {
    Set<PlantedKind> early = new HashSet<>();
    long week = ALL.get(0).eventTimeMs() + 14 * Day.MS;
    for (SimulatedTransaction payment : ALL) {
      if (payment.planted() != null && payment.eventTimeMs() < week) {
        early.add(payment.planted().kind());
      }
    }
    assertThat(early).containsExactlyInAnyOrderElementsOf(PlantedKind.standing());
    assertThat(simulate(2_000, 1)).anyMatch(payment -> payment.planted() != null);
  }

  @Test
  void shouldHoldTheSharesInTheSmallestBankToo() {
    List<SimulatedTransaction> small = simulate(SimulatorSettings.MIN_CUSTOMERS, 150);
    assertThat(share(small, Lane.FRAUD)).isBetween(0.003, 0.007);
    assertThat(share(small, Lane.LAUNDERING)).isBetween(0.001, 0.004);
  }

  @Test
  void shouldRunOnWithoutEnd() {
    Iterator<SimulatedTransaction> endless =
        new BankSimulator(SimulatorSettings.of(1, SimulatorSettings.MIN_CUSTOMERS)).transactions();
    long start = endless.next().eventTimeMs();
    long last = start;
    while (last < start + 400 * Day.MS) {
      assertThat(endless.hasNext()).isTrue();
      last = endless.next().eventTimeMs();
    }
  }

  @Test
  void shouldStartTheSameStreamAgain() {
    BankSimulator bank = new BankSimulator(SimulatorSettings.of(3, 200));
    Iterator<SimulatedTransaction> first = bank.transactions(3);
    Iterator<SimulatedTransaction> second = bank.transactions();
    while (first.hasNext()) {
      assertThat(second.next()).isEqualTo(first.next());
    }
  }

  @Test
  void shouldUseValidCardNumbersOfTestRangesOnceEach() {
    Set<String> owners = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (SimulatedTransaction payment : ALL) {
      if (payment.card() != null) {
        String number = payment.card().number();
        assertThat(luhn(number)).as(number).isTrue();
        assertThat(number).matches("(400000|411111|424242|510510|555555)\\d{10}");
        numbers.add(number);
        owners.add(number + payment.payer().account());
      }
    }
    assertThat(owners).hasSameSizeAs(numbers);
  }

  @Test
  void shouldRefuseABankTooSmallForACase() {
    assertThatThrownBy(() -> SimulatorSettings.of(1, 99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 100 and");
  }

  private static double share(List<SimulatedTransaction> payments, Lane lane) {
    return (double)
            payments.stream()
                .filter(p -> p.planted() != null && p.planted().kind().lane() == lane)
                .count()
        / payments.size();
  }

  /** The Luhn test, read from the left; independent of the issuing code. */
  private static boolean luhn(String number) {
    int sum = 0;
    for (int i = 0; i < 16; i++) {
      int digit = Character.digit(number.charAt(i), 10) * (i % 2 == 0 ? 2 : 1);
      sum += digit / 10 + digit % 10;
    }
    return sum % 10 == 0;
  }
}
