package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads the ground truth back and checks that every planted case has the shape of its kind. */
class PlantedShapeTest {
  private static final List<SimulatedTransaction> ALL = BankSimulatorTest.simulate(1_500, 50);
  private static final Map<PlantedCase, List<SimulatedTransaction>> CASES = cases();

  private static Map<PlantedCase, List<SimulatedTransaction>> cases() {
    Map<PlantedCase, List<SimulatedTransaction>> cases = new LinkedHashMap<>();
    for (SimulatedTransaction payment : ALL) {
      if (payment.planted() != null) {
        cases.computeIfAbsent(payment.planted(), unused -> new ArrayList<>()).add(payment);
      }
    }
    cases.entrySet().removeIf(entry -> entry.getValue().size() < entry.getKey().payments());
    return cases;
  }

  private static List<List<SimulatedTransaction>> of(PlantedKind kind) {
    List<List<SimulatedTransaction>> found = new ArrayList<>();
    CASES.forEach(
        (planted, payments) -> {
          if (planted.kind() == kind) {
            found.add(payments);
          }
        });
    assertThat(found).as("whole cases of " + kind.code()).hasSizeGreaterThanOrEqualTo(3);
    return found;
  }

  @Test
  void shouldCollectFromManyInAFanIn() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.FAN_IN)) {
      assertThat(payees(payments)).hasSize(1);
      assertThat(payers(payments)).hasSize(payments.size()).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void shouldPayManyInAFanOut() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.FAN_OUT)) {
      assertThat(payers(payments)).hasSize(1);
      assertThat(payees(payments)).hasSize(payments.size()).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void shouldCloseACycleInOrderWithLittleLost() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.CYCLE)) {
      assertThat(payments).hasSizeBetween(3, 6);
      assertChain(payments);
      assertThat(payees(payments)).hasSize(payments.size());
      assertThat(payee(payments.get(payments.size() - 1)))
          .isEqualTo(payments.get(0).payer().account());
    }
  }

  @Test
  void shouldPassALayerOnInOrderWithLittleLost() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.LAYERING)) {
      assertThat(payments).hasSizeBetween(5, 9);
      assertChain(payments);
      Set<String> accounts = payees(payments);
      accounts.add(payments.get(0).payer().account());
      assertThat(accounts).hasSize(payments.size() + 1);
    }
  }

  @Test
  void shouldScatterToAccountsThatEachPayTheSink() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.SCATTER_GATHER)) {
      String source = payments.get(0).payer().account();
      Map<String, SimulatedTransaction> in = new HashMap<>();
      Set<String> sinks = new HashSet<>();
      for (SimulatedTransaction payment : payments) {
        if (payment.payer().account().equals(source)) {
          in.put(payee(payment), payment);
        } else {
          assertPassedOn(in.remove(payment.payer().account()), payment);
          sinks.add(payee(payment));
        }
      }
      assertThat(in).as("accounts that kept the money").isEmpty();
      assertThat(sinks).hasSize(1).doesNotContain(source);
      assertThat(payments).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void shouldGatherAtTheHubBeforeScattering() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.GATHER_SCATTER)) {
      String hub = payee(payments.get(0));
      long in = 0;
      long out = 0;
      Set<String> others = new HashSet<>();
      for (SimulatedTransaction payment : payments) {
        if (payee(payment).equals(hub)) {
          assertThat(out).as("paid out before all came in").isZero();
          in += payment.amount().minorUnits();
          others.add(payment.payer().account());
        } else {
          assertThat(payment.payer().account()).isEqualTo(hub);
          out += payment.amount().minorUnits();
          others.add(payee(payment));
        }
      }
      assertThat(others).hasSize(payments.size()).hasSizeGreaterThanOrEqualTo(8);
      assertThat((double) out / in).isBetween(0.85, 1.0);
    }
  }

  @Test
  void shouldAbuseOneCardInShortOrderAndReplaceIt() {
    Map<String, Long> lastUse = new HashMap<>();
    for (SimulatedTransaction payment : ALL) {
      boolean refund = payment.amount().minorUnits() < 0;
      if (payment.card() != null && !refund) {
        lastUse.put(payment.card().number(), payment.eventTimeMs());
      }
    }
    int quick = 0;
    List<List<SimulatedTransaction>> stolen = of(PlantedKind.STOLEN_CARD);
    for (List<SimulatedTransaction> payments : stolen) {
      assertThat(cards(payments)).hasSize(1);
      assertThat(payments).hasSizeBetween(5, 10);
      long end = payments.get(payments.size() - 1).eventTimeMs();
      quick += end - payments.get(0).eventTimeMs() < Day.MS / 4 ? 1 : 0;
      assertThat(lastUse.get(cards(payments).iterator().next())).isLessThan(end + Day.MS);
    }
    assertThat(quick).isGreaterThan(stolen.size() * 6 / 10);
  }

  @Test
  void shouldEmptyATakenAccountToFewNewPayees() {
    for (List<SimulatedTransaction> payments : of(PlantedKind.ACCOUNT_TAKEOVER)) {
      assertThat(payers(payments)).hasSize(1);
      assertThat(payees(payments)).hasSizeBetween(1, 3);
      assertThat(payments).allMatch(payment -> payment.card() != null || payment.payee() != null);
    }
  }

  @Test
  void shouldAbuseCardsThatWereUsedAtTheCompromisedPlace() {
    of(PlantedKind.MERCHANT_COMPROMISE);
    CASES.forEach(
        (planted, payments) -> {
          if (planted.kind() == PlantedKind.MERCHANT_COMPROMISE) {
            Set<String> seenThere = new HashSet<>();
            long first = payments.get(0).eventTimeMs();
            for (SimulatedTransaction payment : ALL) {
              boolean there = payment.card() != null && isAt(payment.card(), planted.origin());
              if (there && payment.eventTimeMs() < first) {
                seenThere.add(payment.card().number());
              }
            }
            assertThat(cards(payments)).hasSizeGreaterThanOrEqualTo(4);
            assertThat(seenThere).containsAll(cards(payments));
          }
        });
  }

  private static boolean isAt(SimulatedTransaction.CardUse card, String place) {
    return place.equals(card.terminalId())
        || (card.terminalId() == null && place.equals(card.merchantId()));
  }

  private static void assertChain(List<SimulatedTransaction> payments) {
    for (int i = 1; i < payments.size(); i++) {
      assertThat(payments.get(i).payer().account()).isEqualTo(payee(payments.get(i - 1)));
      assertPassedOn(payments.get(i - 1), payments.get(i));
    }
  }

  private static void assertPassedOn(SimulatedTransaction in, SimulatedTransaction out) {
    assertThat(out.eventTimeMs()).isGreaterThan(in.eventTimeMs());
    double kept = (double) out.amount().minorUnits() / in.amount().minorUnits();
    assertThat(kept).isBetween(0.93, 1.0);
  }

  private static String payee(SimulatedTransaction payment) {
    return payment.payee().account();
  }

  private static Set<String> payees(List<SimulatedTransaction> payments) {
    Set<String> accounts = new HashSet<>();
    payments.stream().filter(p -> p.payee() != null).forEach(p -> accounts.add(payee(p)));
    return accounts;
  }

  private static Set<String> payers(List<SimulatedTransaction> payments) {
    Set<String> accounts = new HashSet<>();
    payments.forEach(payment -> accounts.add(payment.payer().account()));
    return accounts;
  }

  private static Set<String> cards(List<SimulatedTransaction> payments) {
    Set<String> numbers = new HashSet<>();
    payments.forEach(payment -> numbers.add(payment.card().number()));
    return numbers;
  }
}
