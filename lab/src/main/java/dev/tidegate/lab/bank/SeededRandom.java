package dev.tidegate.lab.bank;

/**
 * Pseudo-random numbers that are the same everywhere: SplitMix64 (Steele, Lea and Flood, 2014) with
 * {@link StrictMath} for every function that a platform may round its own way.
 *
 * <p>A stream is named by the seed, a {@link Topic} and two numbers (often customer and day), so
 * any part of the bank can be drawn without drawing the parts before it. Not thread-safe.
 */
final class SeededRandom {
  /** What a stream of numbers is used for; keeps streams of equal numbers apart. */
  enum Topic {
    CUSTOMER(1),
    TIES(2),
    MERCHANT(3),
    EXTERNAL(4),
    DAILY(5),
    TRIP(6),
    DEVICE(7),
    ADDRESS(8),
    CASES(9),
    CARD(10),
    TERMINAL(11),
    PHASE(12),
    ACCOUNT(13);

    private final long tag;

    Topic(long tag) {
      this.tag = tag;
    }
  }

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  SeededRandom(long seed, Topic topic, long first, long second) {
    state = key(seed, topic, first, second);
  }

  /** One number, well mixed, for the given name: what the stream of that name starts from. */
  static long key(long seed, Topic topic, long first, long second) {
    long h = mix(seed + GAMMA * topic.tag);
    h = mix(h ^ (first * 0xD1B54A32D192ED03L + GAMMA));
    return mix(h ^ (second * 0x8CB92BA72F3D8DD7L + ~GAMMA));
  }

  /** Starts another stream on the same object. */
  void restart(long seed, Topic topic, long first, long second) {
    state = key(seed, topic, first, second);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long next() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * UNIT;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Uniform whole number in [0, bound). */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** Uniform whole number in [low, high], both included. */
  int range(int low, int high) {
    return low + below(high - low + 1);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Standard normal, by Box and Muller. */
  double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** Log-normal with the given median; {@code sigma} is the deviation of the logarithm. */
  double logNormal(double median, double sigma) {
    return median * StrictMath.exp(sigma * gaussian());
  }

  /** Poisson by Knuth's product; cost grows with the mean, meant for means below 20. */
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = unit();
    int count = 0;
    while (product > limit) {
      product *= unit();
      count++;
    }
    return count;
  }

  /** Index drawn in proportion to the differences of a rising list that ends at its total. */
  int weighted(double[] cumulative) {
    double at = unit() * cumulative[cumulative.length - 1];
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Running sums, for {@link #weighted}. */
  static double[] cumulative(double... weights) {
    double[] sums = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
    return sums;
  }
}
