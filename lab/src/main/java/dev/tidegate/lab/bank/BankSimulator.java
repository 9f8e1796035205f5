package dev.tidegate.lab.bank;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A bank whose customers live, shop, pay and are now and then robbed or launder: an endless stream
 * of payments by time, the truth about each beside it.
 *
 * <p>What honest customers set going on a day is a function of seed, customer and day. Only planted
 * cases have memory: who is in one and which cards were replaced. Some payments are planned ahead,
 * {@value Schedule#HORIZON_DAYS} days at most: refunds, later rates, and those of cases. Memory
 * therefore grows with the number of customers (about 1 kB each, one day of payments, and some
 * weeks of the few that are planned ahead), not with time.
 *
 * <p>Each call of {@link #transactions()} starts the same stream again. A stream is not
 * thread-safe.
 */
public final class BankSimulator {
  private final SimulatorSettings settings;

  /** A bank made from the settings. */
  public BankSimulator(SimulatorSettings settings) {
    this.settings = settings;
  }

  /** What the bank is made from. */
  public SimulatorSettings settings() {
    return settings;
  }

  /** All payments by time, without end; a day is made when its first payment is asked for. */
  public Iterator<SimulatedTransaction> transactions() {
    return new Stream(settings, Integer.MAX_VALUE);
  }

  /** The payments of the first days. */
  public Iterator<SimulatedTransaction> transactions(int days) {
    return new Stream(settings, days);
  }

  private static final class Stream implements Iterator<SimulatedTransaction> {
    private final SimulatorSettings settings;
    private final int days;
    private final Bank bank;
    private final List<Habit> habits;
    private final CasePlanner cases;
    private final SeededRandom random;
    private Iterator<SimulatedTransaction> today = List.<SimulatedTransaction>of().iterator();
    private int nextDay;
    private long made;

    Stream(SimulatorSettings settings, int days) {
      this.settings = settings;
      this.days = days;
      bank = Bank.open(settings);
      cases = new CasePlanner(bank);
      random = new SeededRandom(settings.seed(), SeededRandom.Topic.DAILY, 0, 0);
      habits =
          List.of(
              new ShoppingHabit(bank.desk(), bank.merchants(), bank.access()),
              new HouseholdHabit(bank.desk(), bank.population(), bank.merchants(), bank.access()),
              new SocialHabit(bank.desk(), bank.population(), bank.rails()),
              new BusinessHabit(bank.desk(), bank.population(), bank.rails()),
              new SmallPaymentHabit(bank.desk(), bank.merchants(), bank.access()),
              new OccasionHabit(bank),
              new SecondAccountHabit(bank),
              new TradeHabit(bank),
              new NewShopHabit(bank));
    }

    @Override
    public boolean hasNext() {
      while (!today.hasNext() && nextDay < days) {
        today = live(Day.of(settings, nextDay++)).iterator();
      }
      return today.hasNext();
    }

    @Override
    public SimulatedTransaction next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the " + days + " days are over");
      }
      return today.next().numbered(Ids.padded("TX", ++made, 10));
    }

    private List<SimulatedTransaction> live(Day day) {
      for (Customer customer : bank.population().customers()) {
        random.restart(settings.seed(), SeededRandom.Topic.DAILY, customer.index(), day.index());
        for (Habit habit : habits) {
          habit.live(customer, day, random);
        }
      }
      cases.start(day, bank.schedule().plannedToday());
      List<SimulatedTransaction> payments = bank.schedule().endDay();
      payments.replaceAll(payment -> bank.cards().asMade(payment, day.index()));
      cases.watch(day, payments);
      return payments;
    }
  }
}
