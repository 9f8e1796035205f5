package dev.tidegate.lab.bank;

import dev.tidegate.lab.bank.PaymentDesk.Rail;

/** Which channel money between accounts takes; the same draw for honest and planted payments. */
final class Rails {
  private static final double[] PERSON = SeededRandom.cumulative(30, 28, 42);
  private static final double[] BUSINESS = SeededRandom.cumulative(62, 30, 8);
  private static final Channel[] CHANNELS = {Channel.TRANSFER, Channel.INSTANT, Channel.MOBILE};

  private final AccessPoints access;

  Rails(AccessPoints access) {
    this.access = access;
  }

  /** The customer's own way. */
  Rail own(Customer customer, int day, SeededRandom random) {
    return new Rail(channel(customer.business(), random), access.own(customer, day, random));
  }

  /** From an account at another bank: no device is seen. */
  static Rail incoming(SeededRandom random) {
    return new Rail(channel(random.chance(0.5), random), null);
  }

  /** A channel as persons or as businesses choose it. */
  static Channel channel(boolean business, SeededRandom random) {
    return CHANNELS[random.weighted(business ? BUSINESS : PERSON)];
  }
}
