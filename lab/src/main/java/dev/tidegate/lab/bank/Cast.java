package dev.tidegate.lab.bank;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who takes part in a case: ordinary customers, each in one case at a time. A customer is
 * drawn again a bounded number of times while taken; a very small bank may then take one twice.
 */
final class Cast {
  private static final int TRIES = 60;
  private static final double AT_ANOTHER_BANK = 0.05;
  private static final double BUSINESS = 0.4;
  private static final double OFTEN = 3;

  /**
   * Somebody in a laundering case.
   *
   * @param party the account
   * @param customer its customer, or null where it is at another bank
   */
  record Member(Party party, @Nullable Customer customer) {}

  private final Population population;
  private final int[] freeFrom;

  Cast(Population population) {
    this.population = population;
    freeFrom = new int[population.customers().size()];
  }

  /** A person whose card is much in use, and so often seen, who is in no other case. */
  Customer cardHolder(int day, SeededRandom random) {
    Customer found = person(day, random);
    for (int i = 0; i < TRIES && !random.chance(found.cardsPerDay() / OFTEN); i++) {
      found = person(day, random);
    }
    return found;
  }

  /** A person who is in no other case. */
  Customer person(int day, SeededRandom random) {
    Customer found = person(random);
    for (int i = 0; i < TRIES && !free(found, day); i++) {
      found = person(random);
    }
    return found;
  }

  /** Any customer who is in no other case. */
  Customer customer(int day, SeededRandom random) {
    Customer found = anybody(random);
    for (int i = 0; i < TRIES && !free(found, day); i++) {
      found = anybody(random);
    }
    return found;
  }

  /** Somebody new to the case, whose accounts are {@code taken}; adds the account to them. */
  Member member(int day, Set<String> taken, SeededRandom random) {
    Member found = candidate(day, random);
    while (!taken.add(found.party().account())) {
      found = candidate(day, random);
    }
    return found;
  }

  /** The same, and a customer of this bank. */
  Member ownMember(int day, Set<String> taken, SeededRandom random) {
    Member found = own(day, random);
    while (!taken.add(found.party().account())) {
      found = own(day, random);
    }
    return found;
  }

  boolean free(Customer customer, int day) {
    return freeFrom[customer.index()] <= day;
  }

  /** Keeps the customer out of other cases until the given day. */
  void keep(@Nullable Customer customer, int untilDay) {
    if (customer != null) {
      freeFrom[customer.index()] = Math.max(freeFrom[customer.index()], untilDay);
    }
  }

  private Member candidate(int day, SeededRandom random) {
    if (random.chance(AT_ANOTHER_BANK)) {
      return new Member(population.external(random.below(1 << 20)), null);
    }
    return own(day, random);
  }

  private Member own(int day, SeededRandom random) {
    Customer customer = random.chance(BUSINESS) ? business(day, random) : person(day, random);
    return new Member(customer.current(), customer);
  }

  private Customer business(int day, SeededRandom random) {
    List<Customer> all = population.businesses();
    Customer found = all.get(random.below(all.size()));
    for (int i = 0; i < TRIES && !free(found, day); i++) {
      found = all.get(random.below(all.size()));
    }
    return found;
  }

  private Customer person(SeededRandom random) {
    return population.persons().get(random.below(population.persons().size()));
  }

  private Customer anybody(SeededRandom random) {
    return population.customers().get(random.below(population.customers().size()));
  }
}
