package dev.tidegate.app.sizing;

/**
 * Sizes for a load, from costs measured on one machine ({@code benchmarks/RESULTS.md}). Stages are
 * given twice the cores that they need when they do nothing but keep up, so that they catch up
 * after a stop. What was not measured is not here: the graph and history jobs, brokers' disks,
 * GPUs.
 *
 * @param featuresCores cores of the features job
 * @param featuresStateBytes state of the features job
 * @param scorers scorer processes
 * @param scorerCores cores of all scorers, rules included
 * @param scorerMemoryBytes memory of one scorer: each remembers the ids of all
 * @param partitions of [transactions], [features] and [decisions]: no stage has more tasks
 */
public record Sizing(
    long featuresCores,
    long featuresStateBytes,
    long scorers,
    long scorerCores,
    long scorerMemoryBytes,
    long partitions) {
  /** Sustained payments a second and core of the features job; JSON field {@code perCore}. */
  static final double FEATURES_A_CORE = 3_337;

  /** Rows a CPU second of a scorer's process, its broker included, so rather too few. */
  static final double SCORED_A_CORE = 21_802;

  /** Rows a second of wall time of one scorer. */
  static final double SCORED_A_PROCESS = 36_151;

  /** Rows a second and core of 40 rules and 12 typologies. */
  static final double RULED_A_CORE = 76_549;

  /** Histories of one card's account, card, customer and device, and its waiting labels at most. */
  static final long STATE_A_CARD = 3_403 + 8_192;

  /** Bytes of a remembered id at most. */
  static final long ID_BYTES = 48;

  /** A scorer's memory without ids. */
  static final long SCORER_BYTES = 1L << 30;

  private static final double MICROS = 1e6;
  private static final double HEADROOM = 2;
  private static final long LEAST_PARTITIONS = 4;

  /**
   * What is to be carried.
   *
   * @param paymentsPerSecond at the busiest hour; above 0
   * @param cards that pay within a month
   * @param rememberedSeconds how long scorers remember decided payments
   */
  public record Load(double paymentsPerSecond, long cards, long rememberedSeconds) {
    /** Checks the ranges. */
    public Load {
      if (!(paymentsPerSecond > 0) || cards < 0 || rememberedSeconds < 0) {
        throw new IllegalArgumentException(
            "a load has payments a second above 0, and cards and seconds not below");
      }
    }
  }

  /** Processor time of the features job a payment, microseconds, without headroom. */
  public static double featuresMicros() {
    return MICROS / FEATURES_A_CORE;
  }

  /** Processor time of a scorer a payment, rules included, microseconds, without headroom. */
  public static double scoringMicros() {
    return MICROS / SCORED_A_CORE + MICROS / RULED_A_CORE;
  }

  /** Sizes for a load. */
  public static Sizing of(Load load) {
    double offered = HEADROOM * load.paymentsPerSecond();
    long featuresCores = up(offered / FEATURES_A_CORE);
    long scorers = Math.max(2, up(offered / SCORED_A_PROCESS));
    long scorerCores = Math.max(scorers, up(offered / SCORED_A_CORE + offered / RULED_A_CORE));
    double ids = load.paymentsPerSecond() * load.rememberedSeconds();
    long widest = Math.max(LEAST_PARTITIONS, Math.max(featuresCores, scorers));
    return new Sizing(
        featuresCores,
        load.cards() * STATE_A_CARD,
        scorers,
        scorerCores,
        SCORER_BYTES + (long) (ids * ID_BYTES),
        LEAST_PARTITIONS * up((double) widest / LEAST_PARTITIONS));
  }

  private static long up(double value) {
    return (long) Math.ceil(value);
  }
}
