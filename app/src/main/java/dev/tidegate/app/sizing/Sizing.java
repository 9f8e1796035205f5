package dev.tidegate.app.sizing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidegate.schemas.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sizes for a load, from costs measured on one machine. Cores follow each stage's own line, {@link
 * StageCost}, with twice the cost of payments, so that a stage catches up after a stop. Lines were
 * laid through low rates, where what a payment adds is hard to tell from what is there anyway: so a
 * payment costs at least what it cost where the stage was measured full, by {@code
 * benchmarks/RESULTS.md}. What was not measured is not here: the history's disk, GPUs.
 *
 * @param cores of each stage, by its word; all scorers together
 * @param featuresTasks of the features job, at least: no task has more than half of what fills one
 * @param featuresStateBytes state of the features job
 * @param scorers scorer processes
 * @param scorerMemoryBytes memory of one scorer: each remembers the ids of all
 * @param partitions of [transactions], [features] and [decisions]: no stage has more tasks
 * @param memoryBytes of each process of the stages that hold payments on their heaps, by the
 *     stage's word, and of one {@code broker} of three; of what was measured
 * @param brokerDiskBytes all copies of what topics keep of payments, were the rate never lower;
 *     null where bytes were not measured
 */
public record Sizing(
    Map<String, Long> cores,
    long featuresTasks,
    long featuresStateBytes,
    long scorers,
    long scorerMemoryBytes,
    long partitions,
    Map<String, Long> memoryBytes,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long brokerDiskBytes) {
  /** Sustained payments a second and core of the features job; JSON field {@code perCore}. */
  static final double FEATURES_A_CORE = 3_337;

  /** Rows a CPU second of a full scorer's process, its broker included, so rather too few. */
  static final double SCORED_A_CORE = 21_802;

  /** Rows a second and core of 40 rules and 12 typologies. */
  static final double RULED_A_CORE = 76_549;

  /** Rows a second of wall time of one scorer. */
  static final double SCORED_A_PROCESS = 36_151;

  /**
   * Histories of one card's account, card, customer and device, and its payments that wait for
   * labels.
   */
  static final long STATE_A_CARD = 3_403 + 9_183;

  /** Bytes of a remembered id at most. */
  static final long ID_BYTES = 48;

  /** A scorer's memory without ids. */
  static final long SCORER_BYTES = 1L << 30;

  /** Replicas of each topic. */
  static final int COPIES = 3;

  private static final double SECONDS_A_DAY = 86_400;
  private static final String SCORING = "scoring";
  private static final String FEATURES = "features";
  private static final double MICROS = 1e6;
  private static final double HEADROOM = 2;
  private static final long LEAST_PARTITIONS = 4;

  /** Takes copies. */
  public Sizing {
    cores = new TreeMap<>(cores);
    memoryBytes = new TreeMap<>(memoryBytes);
  }

  /**
   * What is to be carried.
   *
   * @param paymentsPerSecond at the busiest hour; above 0
   * @param cards that pay within a month
   * @param rememberedSeconds how long scorers remember decided payments
   * @param spans for which other stages hold payments
   */
  public record Load(double paymentsPerSecond, long cards, long rememberedSeconds, Spans spans) {
    /**
     * For how long payments are held.
     *
     * @param graphSeconds the graph's longest window
     * @param labelSeconds {@code retrain.label-delay}
     */
    public record Spans(long graphSeconds, long labelSeconds) {
      /** As the settings come: seven days each. */
      public static final Spans SHIPPED = new Spans(7 * 86_400, 7 * 86_400);
    }

    /** With spans as the settings come. */
    public Load(double paymentsPerSecond, long cards, long rememberedSeconds) {
      this(paymentsPerSecond, cards, rememberedSeconds, Spans.SHIPPED);
    }

    /** Checks the ranges. */
    public Load {
      if (!(paymentsPerSecond > 0) || cards < 0 || rememberedSeconds < 0) {
        throw new IllegalArgumentException(
            "a load has payments a second above 0, and cards and seconds not below");
      }
    }
  }

  /** Sizes for a load. */
  public static Sizing of(Load load, Costs costs) {
    double offered = HEADROOM * load.paymentsPerSecond();
    long featuresTasks = up(offered / FEATURES_A_CORE);
    long scorers = Math.max(2, up(offered / SCORED_A_PROCESS));
    Map<String, Long> cores = new TreeMap<>();
    costs
        .stages()
        .forEach(
            (stage, cost) -> {
              long processes = stage.equals(SCORING) ? scorers : 1;
              double micros = Math.max(cost.microsAPayment(), fullMicros(stage));
              double busy = processes * cost.fixedCores() + offered * micros / MICROS;
              cores.put(stage, Math.max(processes, up(busy)));
            });
    double ids = load.paymentsPerSecond() * load.rememberedSeconds();
    long widest = Math.max(LEAST_PARTITIONS, Math.max(featuresTasks, scorers));
    return new Sizing(
        cores,
        featuresTasks,
        load.cards() * STATE_A_CARD,
        scorers,
        SCORER_BYTES + (long) (ids * ID_BYTES),
        LEAST_PARTITIONS * up((double) widest / LEAST_PARTITIONS),
        MemorySizing.of(load, costs),
        costs.bytesAPayment().isEmpty()
            ? null
            : Long.valueOf(up(COPIES * load.paymentsPerSecond() * keptBytes(costs))));
  }

  /** Bytes that one payment a second comes to on disk; topics without an end in days keep few. */
  private static double keptBytes(Costs costs) {
    double bytes = 0;
    for (Topics topic : Topics.values()) {
      bytes +=
          SECONDS_A_DAY
              * topic.retention().days()
              * costs.bytesAPayment().getOrDefault(topic.topic(), 0.0);
    }
    return bytes;
  }

  /** Processor time a payment of a full process, microseconds; 0 where none was measured full. */
  static double fullMicros(String stage) {
    return switch (stage) {
      case FEATURES -> MICROS / FEATURES_A_CORE;
      case SCORING -> MICROS / SCORED_A_CORE + MICROS / RULED_A_CORE;
      default -> 0;
    };
  }

  private static long up(double value) {
    return (long) Math.ceil(value);
  }
}
