package dev.tidegate.lab.bank;

/** The standing parts of one bank that its habits and its cases share. */
record Bank(
    SimulatorSettings settings,
    Population population,
    MerchantCatalogue merchants,
    Cards cards,
    AccessPoints access,
    Schedule schedule,
    PaymentDesk desk,
    Rails rails,
    SecondAccounts accounts) {

  static Bank open(SimulatorSettings settings) {
    MerchantCatalogue merchants = new MerchantCatalogue(settings);
    Cards cards = new Cards(settings);
    AccessPoints access = new AccessPoints(settings);
    Schedule schedule = new Schedule(settings.startMs());
    return new Bank(
        settings,
        new Population(settings),
        merchants,
        cards,
        access,
        schedule,
        new PaymentDesk(settings, schedule, cards, merchants),
        new Rails(access),
        new SecondAccounts(settings));
  }
}
