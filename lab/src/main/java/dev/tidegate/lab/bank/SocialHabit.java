package dev.tidegate.lab.bank;

/**
 * Money between people: small debts, craftsmen's bills, remittances, and the shapes that laundering
 * shares with ordinary life: collections (fan-in), gifts to many (fan-out), money passed on at once
 * (layers) and debts that go round (rings).
 */
final class SocialHabit implements Habit {
  private static final double NEW_PAYEE = 0.1;
  private static final double REMITTANCE = 0.03;
  private static final double CRAFTSMAN = 0.1;
  private static final double SHARED_BILL = 0.012;
  private static final double COLLECTION = 0.0016;
  private static final double GIFTS = 0.0016;
  private static final double PASSED_ON = 0.006;
  private static final double RING = 0.001;
  private static final double SETTLING = 0.008;
  private static final long MINUTE_MS = 60_000L;

  private final PaymentDesk desk;
  private final Population population;
  private final Rails rails;

  SocialHabit(PaymentDesk desk, Population population, Rails rails) {
    this.desk = desk;
    this.population = population;
    this.rails = rails;
  }

  @Override
  public void live(Customer person, Day day, SeededRandom random) {
    if (person.business()) {
      return;
    }
    int debts = random.poisson(person.paymentsPerDay());
    for (int i = 0; i < debts; i++) {
      debt(person, day, random);
    }
    if (random.chance(CRAFTSMAN)) {
      Customer firm = population.anyBusiness(person, random);
      pay(person, firm.current(), time(person, day, random), random.logNormal(95, 1.0), random);
    }
    if (random.chance(SHARED_BILL)) {
      collect(person, day, random.range(2, 6), random);
    }
    if (random.chance(COLLECTION)) {
      collect(person, day, random.range(8, 18), random);
    }
    if (random.chance(GIFTS)) {
      give(person, day, random.range(7, 16), random);
    }
    if (random.chance(SETTLING)) {
      give(person, day, random.range(3, 5), random);
    }
    if (random.chance(PASSED_ON)) {
      passOn(person, day, random.range(2, 5), random);
    }
    if (random.chance(RING)) {
      ring(person, day, random);
    }
  }

  private void debt(Customer person, Day day, SeededRandom random) {
    long time = time(person, day, random);
    double euro = random.logNormal(26, 1.15) * (0.5 + 0.5 * person.spendLevel());
    if (random.chance(0.45)) {
      euro = 5 * Math.ceil(euro / 5);
    }
    if (random.chance(REMITTANCE)) {
      Party abroad = population.foreignContact(person, random);
      boolean in = random.chance(0.5);
      Party from = in ? abroad : person.current();
      Party to = in ? person.current() : abroad;
      PaymentDesk.Rail rail = in ? Rails.incoming(random) : rails.own(person, day.index(), random);
      desk.transfer(from, to, time, euro * 3, rail, null);
      return;
    }
    pay(person, friend(person, random).current(), time, euro, random);
  }

  private void collect(Customer host, Day day, int friends, SeededRandom random) {
    double share = random.logNormal(30, 0.9);
    long start = time(host, day, random);
    long last = start;
    for (int i = 0; i < friends; i++) {
      Customer friend = friends > 6 ? friend(host, random) : population.contact(host, i);
      long time = start + (long) (random.logNormal(friends > 6 ? 240 : 50, 1.0) * MINUTE_MS);
      if (friend.index() != host.index()) {
        pay(friend, host.current(), time, share * random.between(0.9, 1.1), random);
        last = Math.max(last, time);
      }
    }
    if (random.chance(0.4)) {
      Customer payee = friend(host, random);
      long time = last + (long) (random.logNormal(30, 1.0) * MINUTE_MS);
      pay(host, payee.current(), time, share * friends * random.between(0.85, 1), random);
    }
  }

  private void give(Customer giver, Day day, int friends, SeededRandom random) {
    double share = random.logNormal(35, 1.0);
    long time = time(giver, day, random);
    for (int i = 0; i < friends; i++) {
      pay(giver, friend(giver, random).current(), time, share * random.between(0.8, 1.2), random);
      time += (long) (random.logNormal(friends > 6 ? 25 : 6, 1.0) * MINUTE_MS);
    }
  }

  private void passOn(Customer first, Day day, int hops, SeededRandom random) {
    double euro = random.logNormal(70, 1.1);
    long time = time(first, day, random);
    Customer from = first;
    for (int i = 0; i < hops; i++) {
      Customer to = friend(from, random);
      pay(from, to.current(), time, euro, random);
      time += (long) (random.logNormal(60, 1.0) * MINUTE_MS);
      euro *= random.between(0.9, 1);
      from = to;
    }
  }

  private void ring(Customer first, Day day, SeededRandom random) {
    Customer second = population.contact(first, 0);
    Customer third = population.contact(second, 1);
    if (third.index() == first.index()) {
      return;
    }
    double euro = random.logNormal(60, 1.0);
    long time = time(first, day, random);
    long step = (long) (random.logNormal(120, 0.8) * MINUTE_MS);
    pay(first, second.current(), time, euro, random);
    pay(second, third.current(), time + step, euro * random.between(0.85, 1), random);
    pay(third, first.current(), time + 2 * step, euro * random.between(0.8, 1), random);
  }

  private Customer friend(Customer person, SeededRandom random) {
    return random.chance(NEW_PAYEE)
        ? population.stranger(person, random)
        : population.contact(person, random);
  }

  private void pay(Customer from, Party to, long time, double euro, SeededRandom random) {
    desk.transfer(from.current(), to, time, euro, rails.own(from, desk.day(time), random), null);
  }

  private static long time(Customer person, Day day, SeededRandom random) {
    return day.startMs() + HourProfile.PAYMENT.utcTime(random, person.country());
  }
}
