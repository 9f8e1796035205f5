package dev.tidegate.lab.bank;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What a simulated bank is made from.
 *
 * @param seed any number; the same seed gives the same payments
 * @param customers persons and businesses together, {@value #MIN_CUSTOMERS} to {@value
 *     #MAX_CUSTOMERS}; each makes about 3.3 payments a day
 * @param startDate first simulated day, UTC
 * @param change what changes on the way
 */
public record SimulatorSettings(long seed, int customers, LocalDate startDate, BankChange change) {
  /** Fewer customers could not fill one laundering case with distinct accounts. */
  public static final int MIN_CUSTOMERS = 100;

  /** More customers would not fit the account number. */
  public static final int MAX_CUSTOMERS = 2_000_000;

  /** First simulated day unless another is given. */
  public static final LocalDate DEFAULT_START = LocalDate.of(2026, 1, 1);

  /**
   * Checks the number of customers.
   *
   * @throws IllegalArgumentException when it is out of range
   */
  public SimulatorSettings {
    if (customers < MIN_CUSTOMERS || customers > MAX_CUSTOMERS) {
      throw new IllegalArgumentException(
          "customers must be between "
              + MIN_CUSTOMERS
              + " and "
              + MAX_CUSTOMERS
              + ", not "
              + customers);
    }
  }

  /** A bank that stays as it is. */
  public SimulatorSettings(long seed, int customers, LocalDate startDate) {
    this(seed, customers, startDate, BankChange.NONE);
  }

  /** The same bank with changes on the way: until the first of them its payments are the same. */
  public SimulatorSettings with(BankChange changes) {
    return new SimulatorSettings(seed, customers, startDate, changes);
  }

  /** Settings that start on {@link #DEFAULT_START}. */
  public static SimulatorSettings of(long seed, int customers) {
    return new SimulatorSettings(seed, customers, DEFAULT_START);
  }

  /** Midnight UTC of the first day, milliseconds since 1970. */
  public long startMs() {
    return startDate.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
