package dev.tidegate.lab.bank;

import java.util.Set;

/**
 * Accounts that stolen money goes to: mostly at other banks; here, accounts opened for it and
 * accounts of people who lend theirs (Europol: European Money Mule Action; Cifas: Fraudscape).
 */
final class Mules {
  private static final double ELSEWHERE = 0.55;
  private static final double ABROAD = 0.25;
  private static final double OPENED_FOR_IT = 0.5;
  private static final int TRIES = 40;

  private final Population population;
  private final SecondAccounts accounts;
  private final Cast cast;

  Mules(Bank bank, Cast cast) {
    population = bank.population();
    accounts = bank.accounts();
    this.cast = cast;
  }

  /** Somebody to pay, who is not among the {@code taken}; adds the account to them. */
  Cast.Member payee(Country country, int day, Set<String> taken, SeededRandom random) {
    if (random.chance(ELSEWHERE)) {
      Country where = random.chance(ABROAD) ? Country.abroad(random) : country;
      return new Cast.Member(population.outsider(where, random), null);
    }
    return recruit(day, taken, random);
  }

  /** A customer of this bank with an account that is new, or that has a life of its own. */
  Cast.Member recruit(int day, Set<String> taken, SeededRandom random) {
    Cast.Member found = candidate(day, random);
    for (int i = 0; i < TRIES && taken.contains(found.party().account()); i++) {
      found = candidate(day, random);
    }
    taken.add(found.party().account());
    return found;
  }

  private Cast.Member candidate(int day, SeededRandom random) {
    Customer customer = cast.person(day, random);
    boolean opened =
        random.chance(OPENED_FOR_IT) && accounts.use(customer) == SecondAccounts.Use.NONE;
    Party party = opened ? population.second(customer) : customer.current();
    return new Cast.Member(party, customer);
  }
}
