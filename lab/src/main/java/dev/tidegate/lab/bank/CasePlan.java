package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The payments of one case while it is planned: a case says how many it has before the first is
 * made. Times are UTC milliseconds, amounts euro.
 */
final class CasePlan {
  private final Bank bank;
  private final Day day;
  private final List<Consumer<PlantedCase>> steps = new ArrayList<>();
  private long lastMs;

  CasePlan(Bank bank, Day day) {
    this.bank = bank;
    this.day = day;
    lastMs = day.startMs();
  }

  /** Money from account to account. */
  void transfer(Party from, Party to, long timeMs, double euro, Rail rail) {
    step(timeMs, planted -> bank.desk().transfer(from, to, timeMs, euro, rail, planted));
  }

  /** The same by a customer of this bank in the customer's own way, or by somebody elsewhere. */
  void transfer(Cast.Member from, Party to, long timeMs, double euro, SeededRandom random) {
    transfer(from.party(), to, timeMs, euro, rail(from.customer(), timeMs, random));
  }

  /** A card purchase. */
  void purchase(
      Customer customer, Merchant merchant, long timeMs, double euro, @Nullable Access access) {
    step(
        timeMs, planted -> bank.desk().purchase(customer, merchant, timeMs, euro, access, planted));
  }

  /** A refund by a merchant. */
  void refund(Customer customer, Merchant merchant, long timeMs, double euro) {
    step(timeMs, planted -> bank.desk().refund(customer, merchant, timeMs, euro, planted));
  }

  /** Cash from a machine at home. */
  void cash(Customer customer, long timeMs, double euro) {
    step(timeMs, planted -> bank.desk().cash(customer, customer.country(), timeMs, euro, planted));
  }

  /** The own way of a customer; of somebody at another bank no device is seen. */
  Rail rail(@Nullable Customer customer, long timeMs, SeededRandom random) {
    return customer == null
        ? Rails.incoming(random)
        : bank.rails().own(customer, bank.desk().day(timeMs), random);
  }

  /** A time when people pay, some days from now. */
  long on(int daysAhead, Customer who, SeededRandom random) {
    return day.startMs() + daysAhead * Day.MS + HourProfile.PAYMENT.utcTime(random, who.country());
  }

  int size() {
    return steps.size();
  }

  /** Simulated day of the last payment so far. */
  int lastDay() {
    return bank.desk().day(lastMs);
  }

  /** Puts the case on the schedule. */
  int carryOut(CaseBook book, PlantedKind kind) {
    PlantedCase planted = book.open(kind, steps.size(), "");
    steps.forEach(step -> step.accept(planted));
    return steps.size();
  }

  private void step(long timeMs, Consumer<PlantedCase> step) {
    steps.add(step);
    lastMs = Math.max(lastMs, timeMs);
  }
}
