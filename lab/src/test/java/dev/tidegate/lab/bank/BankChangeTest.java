package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class BankChangeTest {
  private static final int BUSY_FROM = 10;
  private static final int BUSY_UNTIL = 16;
  private static final int CARDS_FROM = 16;
  private static final int DAYS = 30;
  private static final double SHARE = 0.01;
  private static final SimulatorSettings USUAL = SimulatorSettings.of(11, 800);
  private static final List<SimulatedTransaction> BEFORE = payments(USUAL);
  private static final List<SimulatedTransaction> AFTER =
      payments(USUAL.with(new BankChange(BUSY_FROM, BUSY_UNTIL, 2, CARDS_FROM, SHARE)));

  private static List<SimulatedTransaction> payments(SimulatorSettings settings) {
    List<SimulatedTransaction> payments = new ArrayList<>();
    new BankSimulator(settings).transactions(DAYS).forEachRemaining(payments::add);
    return payments;
  }

  private static List<SimulatedTransaction> between(
      List<SimulatedTransaction> all, int from, int until) {
    long startMs = USUAL.startMs();
    return all.stream()
        .filter(p -> p.eventTimeMs() >= startMs + from * Day.MS)
        .filter(p -> p.eventTimeMs() < startMs + until * Day.MS)
        .toList();
  }

  private static double share(
      List<SimulatedTransaction> all, Predicate<SimulatedTransaction> such) {
    return (double) all.stream().filter(such).count() / all.size();
  }

  private static boolean giftCard(SimulatedTransaction payment) {
    return payment.planted() != null && payment.planted().kind() == PlantedKind.GIFT_CARD_SCAM;
  }

  private static boolean fraud(SimulatedTransaction payment) {
    return payment.planted() != null && payment.planted().kind().lane() == Lane.FRAUD;
  }

  @Test
  void shouldBeTheSameBankUntilTheFirstChange() {
    List<SimulatedTransaction> before = between(BEFORE, 0, BUSY_FROM);

    assertThat(before).hasSizeGreaterThan(10_000);
    assertThat(between(AFTER, 0, BUSY_FROM)).isEqualTo(before);
  }

  @Test
  void shouldChangePaymentsAndNotFraudInTheBusySeason() {
    List<SimulatedTransaction> usual = between(BEFORE, BUSY_FROM, BUSY_UNTIL);
    List<SimulatedTransaction> busy = between(AFTER, BUSY_FROM, BUSY_UNTIL);

    assertThat((double) busy.size() / usual.size()).isBetween(1.25, 1.6);
    assertThat(share(busy, BankChangeTest::fraud)).isBetween(0.003, 0.0075);
    assertThat(busy).noneMatch(BankChangeTest::giftCard);
  }

  @Test
  void shouldBringTheNewFraudFromItsDayOn() {
    List<SimulatedTransaction> later = between(AFTER, CARDS_FROM + 2, DAYS);
    List<SimulatedTransaction> cards = later.stream().filter(BankChangeTest::giftCard).toList();

    assertThat(between(AFTER, 0, CARDS_FROM)).noneMatch(BankChangeTest::giftCard);
    assertThat(share(later, BankChangeTest::giftCard)).isBetween(0.7 * SHARE, 1.3 * SHARE);
    assertThat(cards)
        .allMatch(p -> p.amount().currency().equals("EUR"))
        .allMatch(p -> p.amount().minorUnits() % 100_00 == 0)
        .allMatch(p -> p.payer().customerId() != null && p.card() != null);
    assertThat(between(BEFORE, 0, DAYS)).noneMatch(BankChangeTest::giftCard);
  }

  @Test
  void shouldRefuseWhatNoBankCouldLive() {
    assertThatThrownBy(() -> new BankChange(0, 1, 0, 0, 0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new BankChange(0, 1, 1, 0, 0.2)).hasMessageContaining("0 to 0.1");
  }
}
