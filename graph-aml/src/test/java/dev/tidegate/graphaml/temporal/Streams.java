package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random temporal multigraphs, as streams of payments, and settings that make them interesting. */
public final class Streams {
  static final long DISORDER_MS = 50;
  static final long LONG_MS = 300;
  private static final long MEMORY_MS = 900;
  private static final long EPOCH_MS = 200;
  private static final long[] AMOUNTS = {-60, 0, 50, 91, 95, 99, 100, 103, 150, 250, 1_000};

  private Streams() {}

  /**
   * One step of a stream.
   *
   * @param deltaMs how far time goes on
   * @param lateMs how far the payment stands behind it
   * @param again whether a payment that came before comes once more
   */
  record Step(long deltaMs, long lateMs, int source, int target, int amount, int again) {}

  /** Settings of short windows with hubs from this degree. */
  public static GraphSettings settings(int hubDegree, int steps, int listed) {
    return new GraphSettings(
        List.of(new TimeWindow("short", 100), new TimeWindow("long", LONG_MS)),
        new GraphSettings.Horizons(DISORDER_MS, MEMORY_MS, EPOCH_MS),
        new GraphSettings.Limits(hubDegree, GraphSettings.COUNTED_HOPS, steps, listed),
        0.1,
        List.of(new CurrencyRule("EUR", 1, 100, 0.1, 50), new CurrencyRule("USD", 0.9, 0, 0, 100)));
  }

  /** Settings under which nothing is cut off. */
  public static GraphSettings unbounded(int hubDegree) {
    return settings(hubDegree, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Settings under which nothing is cut off, with cycles of up to nine payments, all counted, and
   * with trails.
   */
  static GraphSettings deep(int hubDegree) {
    GraphSettings plain = unbounded(hubDegree);
    return new GraphSettings(
        plain.windows(),
        plain.horizons(),
        new GraphSettings.Limits(hubDegree, 9, Integer.MAX_VALUE, Integer.MAX_VALUE, true, true),
        plain.tolerance(),
        plain.currencies());
  }

  /** The same, with longer cycles counted, of up to so many payments and within so many steps. */
  public static GraphSettings counting(GraphSettings plain, int hops, int steps) {
    GraphSettings.Limits limits = plain.limits();
    return new GraphSettings(
        plain.windows(),
        plain.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(), hops, steps, limits.listedPaths(), true, limits.followsMoney()),
        plain.tolerance(),
        plain.currencies());
  }

  /** The same, with trails. */
  public static GraphSettings following(GraphSettings plain) {
    GraphSettings.Limits limits = plain.limits();
    return new GraphSettings(
        plain.windows(),
        plain.horizons(),
        new GraphSettings.Limits(
            limits.hubDegree(),
            limits.cycleHops(),
            limits.searchSteps(),
            limits.listedPaths(),
            limits.countsLonger(),
            true),
        plain.tolerance(),
        plain.currencies());
  }

  /** Streams of up to so many payments between so many accounts at a time. */
  public static Arbitrary<List<Payment>> of(int payments, int accounts) {
    Arbitrary<Long> deltas =
        Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.just(0L)),
            Tuple.of(60, Arbitraries.longs().between(1, 12)),
            Tuple.of(6, Arbitraries.longs().between(50, 400)),
            Tuple.of(1, Arbitraries.longs().between(400, 3_000)));
    Arbitrary<Long> lates =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.just(0L)),
            Tuple.of(5, Arbitraries.longs().between(0, DISORDER_MS)),
            Tuple.of(1, Arbitraries.longs().between(DISORDER_MS, 4 * DISORDER_MS)));
    return Combinators.combine(
            deltas,
            lates,
            Arbitraries.integers().between(0, accounts - 1),
            Arbitraries.integers().between(0, accounts - 1),
            Arbitraries.integers().between(0, 2 * AMOUNTS.length - 1),
            Arbitraries.integers().between(0, 200))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(payments)
        .map(Streams::payments);
  }

  private static List<Payment> payments(List<Step> steps) {
    List<Payment> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    long id = 0;
    for (Step step : steps) {
      timeMs += step.deltaMs();
      if (step.again() < 12 && payments.size() > step.again()) {
        payments.add(payments.get(payments.size() - 1 - step.again()));
        continue;
      }
      // Other accounts after a while, so that numbers of forgotten ones are given again.
      long era = (timeMs / (2 * MEMORY_MS)) % 1_000 * 100;
      payments.add(
          new Payment(
              id++,
              account(step.source(), era),
              account(step.target(), era),
              timeMs - step.lateMs(),
              AMOUNTS[step.amount() % AMOUNTS.length],
              step.amount() / AMOUNTS.length));
    }
    return payments;
  }

  /** Keys of both signs. */
  private static long account(int number, long era) {
    return (number % 2 == 0 ? 1 : -1) * (era + number) * 1_000_003L;
  }

  /** So many payments between eight accounts, ids in the order in which they come. */
  public static List<Payment> random(Random random, int count) {
    List<Payment> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int id = 0; id < count; id++) {
      timeMs += random.nextInt(3) == 0 ? 0 : random.nextInt(id % 100 < 60 ? 14 : 30);
      long lateMs = random.nextInt(4) == 0 ? random.nextInt(60) : 0;
      long amount = new long[] {50, 91, 97, 100, 250}[random.nextInt(5)];
      payments.add(
          new Payment(
              id,
              random.nextInt(8),
              random.nextInt(8),
              timeMs - lateMs,
              amount,
              random.nextInt(2)));
    }
    return payments;
  }
}
