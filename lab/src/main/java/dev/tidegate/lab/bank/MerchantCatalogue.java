package dev.tidegate.lab.bank;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All merchants and cash machines, by country, city and category. Fixed for a bank's life. */
final class MerchantCatalogue {
  private static final int CASH_MACHINES_PER_CITY = 6;
  private static final int FIRST_OPENED = 600_000;
  private static final int OPENED = 300_000;

  private final Map<Country, Map<MerchantCategory, List<Merchant>>> shops =
      new EnumMap<>(Country.class);
  private final Map<MerchantCategory, List<Merchant>> online =
      new EnumMap<>(MerchantCategory.class);
  private final Map<Country, List<String>> cashMachines = new EnumMap<>(Country.class);
  private final long seed;
  private int merchants;

  MerchantCatalogue(SimulatorSettings settings) {
    seed = settings.seed();
    double homeCustomers = (double) settings.customers() / Country.HOMES.size();
    for (Country country : Country.WITH_SHOPS) {
      boolean home = Country.HOMES.contains(country);
      shops.put(country, shopsOf(country, home ? homeCustomers * 0.12 : 20));
      cashMachines.put(country, cashMachinesOf());
    }
    for (MerchantCategory category : MerchantCategory.ALL) {
      online.put(category, onlineOf(category, settings.customers() * 0.05));
    }
  }

  /** A shop of the category near a customer's home: mostly one of a few that the customer likes. */
  Merchant near(Customer customer, MerchantCategory category, SeededRandom random) {
    List<Merchant> all = list(customer.country(), category);
    if (random.chance(0.2)) {
      return popular(all, random);
    }
    int inCity = Math.max(1, all.size() / Country.CITIES);
    int liked = (customer.index() * 31 + random.below(2) * 17) % inCity;
    return all.get(Math.min(all.size() - 1, liked * Country.CITIES + customer.city()));
  }

  /** A shop of the category in a country, popular ones first. */
  Merchant in(Country country, MerchantCategory category, SeededRandom random) {
    return popular(list(country, category), random);
  }

  /** An online merchant of the category, popular ones first. */
  Merchant online(MerchantCategory category, SeededRandom random) {
    return popular(onlineList(category), random);
  }

  /**
   * A merchant that opens while the bank lives, and is in no list: who goes there is up to the
   * caller.
   */
  Merchant opened(MerchantCategory category, Country country, boolean isOnline, int number) {
    return merchant(category, country, isOnline, FIRST_OPENED + number % OPENED);
  }

  /** A cash machine in a city. */
  String cashMachine(Country country, int city, SeededRandom random) {
    List<String> all = cashMachines.getOrDefault(country, List.of());
    return all.get(random.below(CASH_MACHINES_PER_CITY) * Country.CITIES + city);
  }

  private List<Merchant> list(Country country, MerchantCategory category) {
    return shops.getOrDefault(country, Map.of()).getOrDefault(category, List.of());
  }

  private List<Merchant> onlineList(MerchantCategory category) {
    return online.getOrDefault(category, List.of());
  }

  private static Merchant popular(List<Merchant> all, SeededRandom random) {
    double u = random.unit();
    return all.get((int) (u * u * all.size()));
  }

  private Map<MerchantCategory, List<Merchant>> shopsOf(Country country, double total) {
    Map<MerchantCategory, List<Merchant>> byCategory = new EnumMap<>(MerchantCategory.class);
    for (MerchantCategory category : MerchantCategory.ALL) {
      int count = Math.max(2, (int) (total * category.share())) * Country.CITIES;
      List<Merchant> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        all.add(merchant(category, country, false));
      }
      byCategory.put(category, all);
    }
    return byCategory;
  }

  private List<Merchant> onlineOf(MerchantCategory category, double total) {
    int count = Math.max(6, (int) (total * category.share()));
    List<Merchant> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      SeededRandom random = new SeededRandom(seed, SeededRandom.Topic.MERCHANT, merchants, 1);
      Country country = random.chance(0.75) ? Country.home(random) : Country.abroad(random);
      all.add(merchant(category, country, true));
    }
    return all;
  }

  private Merchant merchant(MerchantCategory category, Country country, boolean isOnline) {
    return merchant(category, country, isOnline, merchants++);
  }

  private Merchant merchant(
      MerchantCategory category, Country country, boolean isOnline, int number) {
    SeededRandom random = new SeededRandom(seed, SeededRandom.Topic.MERCHANT, number, 0);
    String id = Ids.padded("M", number, 6);
    List<String> terminals = new ArrayList<>();
    int points = isOnline ? 0 : random.range(1, 3);
    for (int i = 1; i <= points; i++) {
      terminals.add(Ids.padded("P", number * 10L + i, 8));
    }
    double priceLevel = random.logNormal(1.0, 0.25);
    return new Merchant(id, category, country, isOnline, priceLevel, List.copyOf(terminals));
  }

  private List<String> cashMachinesOf() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < CASH_MACHINES_PER_CITY * Country.CITIES; i++) {
      all.add(Ids.padded("P", 90_000_000L + merchants++ * 10L, 8));
    }
    return List.copyOf(all);
  }
}
