package dev.tidegate.lab.bank;

/** What businesses pay and receive: suppliers, freelancers, customers' refunds, trade abroad. */
final class BusinessHabit implements Habit {
  private static final double PAYMENT_RUN = 0.08;
  private static final double FREELANCER = 0.25;
  private static final double ABROAD = 0.1;
  private static final double FROM_ABROAD = 0.4;
  private static final long MINUTE_MS = 60_000L;

  private final PaymentDesk desk;
  private final Population population;
  private final Rails rails;

  BusinessHabit(PaymentDesk desk, Population population, Rails rails) {
    this.desk = desk;
    this.population = population;
    this.rails = rails;
  }

  @Override
  public void live(Customer business, Day day, SeededRandom random) {
    if (!business.business()) {
      return;
    }
    int payments = random.poisson(Math.min(20, business.paymentsPerDay() * day.office()));
    for (int i = 0; i < payments; i++) {
      pay(business, day.startMs() + time(business, random), random);
    }
    int received = random.poisson(FROM_ABROAD * day.office());
    for (int i = 0; i < received; i++) {
      Party abroad = population.foreignContact(business, random);
      long time = day.startMs() + time(business, random);
      double euro = invoice(business, random);
      desk.transfer(abroad, business.current(), time, euro, Rails.incoming(random), null);
    }
    if (random.chance(PAYMENT_RUN * day.office())) {
      long time = day.startMs() + time(business, random);
      int run = random.range(4, 14);
      for (int i = 0; i < run; i++) {
        pay(business, time, random);
        time += (long) (random.logNormal(4, 1.2) * MINUTE_MS);
      }
    }
  }

  private void pay(Customer business, long time, SeededRandom random) {
    Party payee;
    if (random.chance(ABROAD)) {
      payee = population.foreignContact(business, random);
    } else if (random.chance(FREELANCER)) {
      payee = population.stranger(business, random).current();
    } else {
      payee = population.contact(business, random).current();
    }
    PaymentDesk.Rail rail = rails.own(business, desk.day(time), random);
    desk.transfer(business.current(), payee, time, invoice(business, random), rail, null);
  }

  private static double invoice(Customer business, SeededRandom random) {
    return random.logNormal(120, 1.3) * business.spendLevel();
  }

  private static long time(Customer business, SeededRandom random) {
    HourProfile hours = random.chance(0.75) ? HourProfile.OFFICE : HourProfile.PAYMENT;
    return hours.utcTime(random, business.country());
  }
}
