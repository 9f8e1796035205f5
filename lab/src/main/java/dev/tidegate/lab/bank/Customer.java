package dev.tidegate.lab.bank;

import org.jspecify.annotations.Nullable;

/** A person or a business that banks here: who it is and what is normal for it. Immutable. */
final class Customer {
  /** What a person earns a month, euro. */
  enum Income {
    LOW(1350),
    MIDDLE(2300),
    HIGH(3900),
    TOP(7800);

    private final double monthly;

    Income(double monthly) {
      this.monthly = monthly;
    }
  }

  private static final double BUSINESS_SHARE = 0.14;
  private static final Income[] INCOMES = Income.values();
  private static final double[] INCOME_WEIGHTS = SeededRandom.cumulative(30, 45, 20, 5);

  private final int index;
  private final String id;
  private final boolean business;
  private final Country country;
  private final int city;
  private final Income income;
  private final double monthlyIncome;
  private final double spendLevel;
  private final double cardsPerDay;
  private final double paymentsPerDay;
  private final boolean nightShopper;
  private final Party current;
  private final @Nullable Party savings;

  Customer(SimulatorSettings settings, int index) {
    SeededRandom random = new SeededRandom(settings.seed(), SeededRandom.Topic.CUSTOMER, index, 0);
    this.index = index;
    id = Ids.padded("K", index, 7);
    business = random.chance(BUSINESS_SHARE);
    country = Country.home(random);
    city = random.below(Country.CITIES);
    income = INCOMES[random.weighted(INCOME_WEIGHTS)];
    monthlyIncome = income.monthly * random.logNormal(1.0, 0.18);
    spendLevel = random.logNormal(0.65 + 0.35 * monthlyIncome / 2300, 0.5);
    cardsPerDay = business ? 0.25 : Math.min(5, random.logNormal(1.46, 0.45));
    paymentsPerDay =
        business
            ? Math.min(30, random.logNormal(4.6, 0.7))
            : Math.min(3, random.logNormal(0.61, 0.6));
    nightShopper = random.chance(0.07);
    current = new Party(Ids.padded("ACC", index, 8), id, country);
    savings =
        !business && random.chance(0.5)
            ? new Party(Ids.padded("ACC", (long) settings.customers() + index, 8), id, country)
            : null;
  }

  /** Position in the population, from 0. */
  int index() {
    return index;
  }

  String id() {
    return id;
  }

  boolean business() {
    return business;
  }

  Country country() {
    return country;
  }

  /** City of the country, from 0. */
  int city() {
    return city;
  }

  Income income() {
    return income;
  }

  /** Net pay in euro; meaningless for a business. */
  double monthlyIncome() {
    return monthlyIncome;
  }

  /** Factor on prices: what this customer usually spends where another spends one. */
  double spendLevel() {
    return spendLevel;
  }

  /** Mean number of card purchases a day. */
  double cardsPerDay() {
    return cardsPerDay;
  }

  /** Mean number of payments to other accounts a day, bills and rent apart. */
  double paymentsPerDay() {
    return paymentsPerDay;
  }

  /** Whether this one shops at night as others shop by day. */
  boolean nightShopper() {
    return nightShopper;
  }

  /** The current account. */
  Party current() {
    return current;
  }

  /** The savings account, if there is one. */
  @Nullable Party savings() {
    return savings;
  }
}
