package dev.tidegate.features.catalogue;

import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.Locale;

/**
 * A number that a payment says by itself. Times are UTC; flags are 0 or 1. Logarithms are those of
 * {@link StrictMath}, so that every machine gives the same bits.
 */
public enum PaymentValue {
  /** The amount. */
  AMOUNT("major units", "amount") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return units.of((double) payment.getAmountMinor(), payment.getCurrency());
    }
  },
  /** The amount in the base currency; NaN for a currency without a rate. */
  BASE_AMOUNT("major units of the base currency", "amount converted by the rates table") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      long base = rates.toBaseMinor(payment.getAmountMinor(), payment.getCurrency());
      return base == Rates.NO_CONVERSION ? Double.NaN : units.of((double) base, rates.base());
    }
  },
  /** Size of the amount on a logarithmic scale, with the amount's sign. */
  LOG_AMOUNT("natural logarithm", "sign(amount) * ln(1 + |amount|), amount in major units") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      double amount = AMOUNT.of(payment, units, rates);
      return Math.signum(amount) * StrictMath.log1p(Math.abs(amount));
    }
  },
  /** Hours since midnight with their fraction. */
  HOUR_OF_DAY("hours", "hours since 00:00 UTC") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return Moment.hourOfDay(payment.getEventTimeMs());
    }
  },
  /** Day of the week. */
  DAY_OF_WEEK("1 to 7", "ISO weekday UTC, Monday 1") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return Moment.weekday(payment.getEventTimeMs());
    }
  },
  /** Day of the month: salaries and rents have theirs. */
  DAY_OF_MONTH("1 to 31", "day of the month UTC") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return Moment.dayOfMonth(payment.getEventTimeMs());
    }
  },
  /** Saturday or Sunday (Handbook, TX_DURING_WEEKEND). */
  IS_WEEKEND("0 or 1", "Saturday or Sunday UTC") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(Moment.weekday(payment.getEventTimeMs()) >= Moment.SATURDAY);
    }
  },
  /** Before seven in the morning (Handbook, TX_DURING_NIGHT: hour of 6 or less). */
  IS_NIGHT("0 or 1", "from 00:00 to 06:59:59.999 UTC") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(Moment.hour(payment.getEventTimeMs()) <= Moment.LAST_HOUR_OF_NIGHT);
    }
  },
  /** Money that goes back. */
  IS_REFUND("0 or 1", "amount below 0") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(payment.getAmountMinor() < 0);
    }
  },
  /** A whole multiple of ten. */
  IS_ROUND_10("0 or 1", "amount a multiple of 10 major units, not 0") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(isMultiple(payment, 10));
    }
  },
  /** A whole multiple of a hundred. */
  IS_ROUND_100("0 or 1", "amount a multiple of 100 major units, not 0") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(isMultiple(payment, 100));
    }
  },
  /** From one country to another; 0 where either is unknown. */
  IS_CROSS_BORDER("0 or 1", "payerCountry and payeeCountry known and different") {
    @Override
    public double of(Transaction payment, MajorUnits units, Rates rates) {
      return flag(crossesBorder(payment));
    }
  };

  private final String unit;
  private final String definition;

  PaymentValue(String unit, String definition) {
    this.unit = unit;
    this.definition = definition;
  }

  /**
   * The number in a payment.
   *
   * @param units digits of the currencies; one a thread
   * @param rates the table for amounts in the base currency
   */
  public abstract double of(Transaction payment, MajorUnits units, Rates rates);

  /** Word in the catalogue, and the feature's name. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the number counts. */
  String unit() {
    return unit;
  }

  /** How it is computed, for the digest and the docs. */
  String definition() {
    return definition;
  }

  static boolean crossesBorder(Transaction payment) {
    String from = payment.getPayerCountry();
    String to = payment.getPayeeCountry();
    boolean known = from != null && to != null && !from.isEmpty() && !to.isEmpty();
    return known && !from.equals(to);
  }

  static boolean isMultiple(Transaction payment, long majorUnits) {
    long step = majorUnits;
    for (int i = MajorUnits.digits(payment.getCurrency()); i > 0; i--) {
      step *= 10;
    }
    return payment.getAmountMinor() != 0 && payment.getAmountMinor() % step == 0;
  }

  private static double flag(boolean is) {
    return is ? 1 : 0;
  }
}
