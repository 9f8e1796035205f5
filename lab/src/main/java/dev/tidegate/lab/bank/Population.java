package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.List;

/** Everybody, and who works for, rents from, knows and supplies whom. Fixed for a bank's life. */
final class Population {
  private static final int[] SALARY_DAYS = {1, 15, 25, 27, 28, 31};
  private static final int TENANTS_OF_A_PERSON = 5;
  private static final int CLUB_SIZE = 25;
  private static final int OUTSIDERS = 20;

  private final SimulatorSettings settings;
  private final List<Customer> customers = new ArrayList<>();
  private final List<Customer> persons = new ArrayList<>();
  private final List<Customer> businesses = new ArrayList<>();
  private final int[][] contacts;

  Population(SimulatorSettings settings) {
    this.settings = settings;
    for (int i = 0; i < settings.customers(); i++) {
      Customer customer = new Customer(settings, i);
      customers.add(customer);
      (customer.business() ? businesses : persons).add(customer);
    }
    if (businesses.isEmpty()) {
      businesses.add(persons.get(0));
    }
    contacts = new int[customers.size()][];
    for (Customer customer : customers) {
      contacts[customer.index()] = contactsOf(customer);
    }
  }

  List<Customer> customers() {
    return customers;
  }

  List<Customer> persons() {
    return persons;
  }

  List<Customer> businesses() {
    return businesses;
  }

  /** Somebody the customer pays often: friends of a person, suppliers of a business. */
  Customer contact(Customer customer, SeededRandom random) {
    int[] known = contacts[customer.index()];
    return customers.get(known[random.below(known.length)]);
  }

  /** The customer's contact in a fixed place of the list, wrapped. */
  Customer contact(Customer customer, int place) {
    int[] known = contacts[customer.index()];
    return customers.get(known[place % known.length]);
  }

  /** Anybody but the customer. */
  Customer stranger(Customer customer, SeededRandom random) {
    return other(customers, customer, random);
  }

  /** Any business but the customer. */
  Customer anyBusiness(Customer customer, SeededRandom random) {
    return businesses.size() == 1 ? businesses.get(0) : other(businesses, customer, random);
  }

  Customer employer(Customer person) {
    double u = tie(person, 1).unit();
    return businesses.get((int) (u * u * businesses.size()));
  }

  /** Day of the month on which the person's employer pays. */
  int salaryDay(Customer person) {
    return SALARY_DAYS[employer(person).index() % SALARY_DAYS.length];
  }

  /** Whom the person pays rent: a company with many tenants, or another person with a few. */
  Customer landlord(Customer person) {
    SeededRandom random = tie(person, 2);
    if (random.chance(0.55)) {
      int companies = Math.max(1, businesses.size() / 8);
      return businesses.get(businesses.size() - 1 - random.below(companies));
    }
    int houses = Math.max(1, persons.size() / TENANTS_OF_A_PERSON);
    return persons.get(random.below(houses) * 3 % persons.size());
  }

  /** Whom the person pays the given household bill (0 power, 1 telephone, 2 insurance). */
  Customer utility(Customer person, int bill) {
    int companies = Math.max(1, businesses.size() / 8);
    int at = bill * companies + tie(person, 3 + bill).below(companies);
    return businesses.get(at % businesses.size());
  }

  /** Who collects the fees of the person's club. */
  Customer treasurer(Customer person) {
    int clubs = Math.max(1, persons.size() / CLUB_SIZE);
    return persons.get(tie(person, 9).below(clubs) * 7 % persons.size());
  }

  /** One of the accounts at other banks, abroad; numbers wrap at a share of the customers. */
  Party external(int number) {
    int bounded = Math.floorMod(number, Math.max(50, settings.customers() / 3));
    SeededRandom random =
        new SeededRandom(settings.seed(), SeededRandom.Topic.EXTERNAL, bounded, 0);
    String account = Ids.padded("ACC", 2L * settings.customers() + bounded, 8);
    return new Party(account, null, Country.abroad(random));
  }

  /** An account abroad that the customer deals with. */
  Party foreignContact(Customer customer, SeededRandom random) {
    return external(customer.index() * 13 + random.below(3) * 101);
  }

  /**
   * Somebody at another bank, of a great many, so that one is seldom met twice: a seller of used
   * things, a craftsman, a mule.
   */
  Party outsider(Country country, SeededRandom random) {
    int number = random.below(OUTSIDERS * settings.customers());
    return new Party(Ids.padded("ACC", 4L * settings.customers() + number, 8), null, country);
  }

  /** The customer's account beside the current one; see {@link SecondAccounts} for who has one. */
  Party second(Customer customer) {
    String account = Ids.padded("ACC", 3L * settings.customers() + customer.index(), 8);
    return new Party(account, customer.id(), customer.country());
  }

  private SeededRandom tie(Customer customer, int kind) {
    return new SeededRandom(settings.seed(), SeededRandom.Topic.TIES, customer.index(), kind);
  }

  private int[] contactsOf(Customer customer) {
    SeededRandom random = tie(customer, 0);
    int[] known = new int[random.range(5, customer.business() ? 18 : 11)];
    for (int i = 0; i < known.length; i++) {
      boolean supplier = customer.business() && random.chance(0.75) && businesses.size() > 1;
      known[i] = other(supplier ? businesses : customers, customer, random).index();
    }
    return known;
  }

  private static Customer other(List<Customer> from, Customer than, SeededRandom random) {
    Customer found = from.get(random.below(from.size()));
    while (found.index() == than.index()) {
      found = from.get(random.below(from.size()));
    }
    return found;
  }
}
