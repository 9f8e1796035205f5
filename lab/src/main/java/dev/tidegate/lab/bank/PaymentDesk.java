package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import dev.tidegate.lab.bank.SimulatedTransaction.Amount;
import dev.tidegate.lab.bank.SimulatedTransaction.CardUse;
import dev.tidegate.lab.bank.SimulatedTransaction.Payee;
import dev.tidegate.lab.bank.SimulatedTransaction.Payer;
import org.jspecify.annotations.Nullable;

/** Puts payments together and on the schedule: the one place that does. Not thread-safe. */
final class PaymentDesk {
  /**
   * How a transfer goes.
   *
   * @param channel one of the channels between accounts
   * @param access the payer's device, or null where none is seen
   */
  record Rail(Channel channel, @Nullable Access access) {}

  private final SimulatorSettings settings;
  private final Schedule schedule;
  private final Cards cards;
  private final MerchantCatalogue merchants;
  private final SeededRandom terminals;

  PaymentDesk(
      SimulatorSettings settings, Schedule schedule, Cards cards, MerchantCatalogue merchants) {
    this.settings = settings;
    this.schedule = schedule;
    this.cards = cards;
    this.merchants = merchants;
    terminals = new SeededRandom(settings.seed(), SeededRandom.Topic.TERMINAL, 0, 0);
  }

  /**
   * A card purchase.
   *
   * @param euro price, converted to the merchant's currency
   * @param access the device, used only where the merchant is online
   */
  void purchase(
      Customer customer,
      Merchant merchant,
      long timeMs,
      double euro,
      @Nullable Access access,
      @Nullable PlantedCase planted) {
    boolean online = merchant.online();
    CardUse card =
        new CardUse(
            cards.number(customer, day(timeMs)),
            merchant.id(),
            online ? null : terminal(merchant, customer, timeMs),
            merchant.category().code(),
            merchant.country().name());
    schedule.add(
        new SimulatedTransaction(
            "",
            timeMs,
            amount(euro, merchant.country()),
            payer(customer.current()),
            null,
            card,
            online ? access : null,
            online ? Channel.CARD_ONLINE : Channel.CARD_POS,
            planted));
  }

  /**
   * A refund: a card payment of the merchant to the customer, as a negative amount.
   *
   * @param euro what goes back, above zero
   */
  void refund(
      Customer customer,
      Merchant merchant,
      long timeMs,
      double euro,
      @Nullable PlantedCase planted) {
    boolean online = merchant.online();
    CardUse card =
        new CardUse(
            cards.number(customer, day(timeMs)),
            merchant.id(),
            online ? null : terminal(merchant, customer, timeMs),
            merchant.category().code(),
            merchant.country().name());
    Amount back = amount(euro, merchant.country());
    schedule.add(
        new SimulatedTransaction(
            "",
            timeMs,
            new Amount(-back.minorUnits(), back.currency()),
            payer(customer.current()),
            null,
            card,
            null,
            online ? Channel.CARD_ONLINE : Channel.CARD_POS,
            planted));
  }

  /** Cash from a machine in a country, in its currency, a multiple of ten. */
  void cash(
      Customer customer, Country where, long timeMs, double euro, @Nullable PlantedCase planted) {
    pick(customer, timeMs);
    CardUse card =
        new CardUse(
            cards.number(customer, day(timeMs)),
            null,
            merchants.cashMachine(where, customer.city(), terminals),
            "cash",
            where.name());
    long tens = Math.max(1, Math.round(euro * where.perEuro() / 10));
    schedule.add(
        new SimulatedTransaction(
            "",
            timeMs,
            new Amount(tens * 1000, where.currency()),
            payer(customer.current()),
            null,
            card,
            null,
            Channel.ATM,
            planted));
  }

  /** Money from account to account, in euro. */
  void transfer(
      Party from, Party to, long timeMs, double euro, Rail rail, @Nullable PlantedCase planted) {
    schedule.add(
        new SimulatedTransaction(
            "",
            timeMs,
            amount(euro, Country.DE),
            payer(from),
            new Payee(to.account(), to.country().name()),
            null,
            rail.access(),
            rail.channel(),
            planted));
  }

  /** The simulated day of a time, from 0. */
  int day(long timeMs) {
    return (int) Math.floorDiv(timeMs - settings.startMs(), Day.MS);
  }

  private String terminal(Merchant merchant, Customer customer, long timeMs) {
    pick(customer, timeMs);
    return merchant.terminals().get(terminals.below(merchant.terminals().size()));
  }

  private void pick(Customer customer, long timeMs) {
    terminals.restart(settings.seed(), SeededRandom.Topic.TERMINAL, timeMs, customer.index());
  }

  private static Payer payer(Party party) {
    return new Payer(party.account(), party.customerId(), party.country().name());
  }

  private static Amount amount(double euro, Country country) {
    long minor = Math.max(50, Math.round(euro * country.perEuro() * 100));
    return new Amount(minor, country.currency());
  }
}
