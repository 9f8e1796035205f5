package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import org.jspecify.annotations.Nullable;

/** Devices, addresses and journeys of customers, honest and not. */
final class AccessPoints {
  private static final int DEVICE_LIFE_DAYS = 240;
  private static final int ADDRESS_LIFE_DAYS = 14;
  private static final int TRIP_BLOCK_DAYS = 60;
  private static final double TRIP_CHANCE = 0.2;
  private static final int TELEPHONE_NETS = 400;

  private final long seed;
  private final SeededRandom trips;

  AccessPoints(SimulatorSettings settings) {
    seed = settings.seed();
    trips = new SeededRandom(seed, SeededRandom.Topic.TRIP, 0, 0);
  }

  /** The customer's own device, at home, on the road or abroad. */
  Access own(Customer customer, int day, SeededRandom random) {
    int second = random.chance(0.3) ? 1 : 0;
    int age = (day + customer.index() * 7 + second * 120) / DEVICE_LIFE_DAYS;
    long device =
        SeededRandom.key(seed, SeededRandom.Topic.DEVICE, customer.index(), age * 2L + second);
    return new Access(Ids.hex("D", device, 10), address(customer, day, random));
  }

  /** A device and an address that belong to nobody known: a thief's, or a borrowed computer. */
  static Access stranger(SeededRandom random) {
    return new Access(Ids.hex("D", random.next(), 10), address(random.next()));
  }

  /** Where the customer travels on a day, or null at home. */
  @Nullable Country journey(Customer customer, int day) {
    int shifted = day + customer.index() * 11 % TRIP_BLOCK_DAYS;
    int block = shifted / TRIP_BLOCK_DAYS;
    trips.restart(seed, SeededRandom.Topic.TRIP, customer.index(), block);
    if (!trips.chance(TRIP_CHANCE)) {
      return null;
    }
    int start = trips.below(TRIP_BLOCK_DAYS - 10);
    int length = trips.range(2, 9);
    int at = shifted % TRIP_BLOCK_DAYS;
    return at >= start && at < start + length ? Country.abroad(trips) : null;
  }

  private String address(Customer customer, int day, SeededRandom random) {
    if (random.chance(0.35)) {
      int net = random.below(TELEPHONE_NETS);
      return "100." + (64 + net % 64) + '.' + (net / 64) + '.' + random.range(1, 254);
    }
    int lease = (day + customer.index()) / ADDRESS_LIFE_DAYS;
    if (random.chance(0.1)) {
      return address(random.next());
    }
    return address(SeededRandom.key(seed, SeededRandom.Topic.ADDRESS, customer.index(), lease));
  }

  private static String address(long bits) {
    return "10."
        + (int) (bits >>> 56)
        + '.'
        + ((int) (bits >>> 40) & 0xFF)
        + '.'
        + (1 + ((int) (bits >>> 20) & 0xFF) % 254);
  }
}
