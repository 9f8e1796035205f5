package dev.tidegate.retrain.outcome;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Performance of cohorts whose labels have all had the same time, against the release's first ones.
 *
 * <p>Takes outcomes at their maturity: each is then as old as any other, so cohorts compare. A
 * cohort lasts at least a given time and until it holds enough frauds; it ends with the first
 * outcome of a later time. The first cohorts together, until they hold {@value #REFERENCE} times as
 * many, are the reference; every later one is held against it by {@link PerformanceDrop}. An
 * outcome that comes after its cohort has ended counts in the one at hand: it is as old.
 *
 * <p>O(log cells) an outcome. Mutable; not thread safe.
 */
public final class CohortWatch {
  /** How many times a cohort's least frauds the reference holds. */
  static final int REFERENCE = 5;

  private static final byte VERSION = 1;
  // The cohort that fills the reference is compared with nothing, so it is filling too.
  private static final double ALMOST = 0.99;
  private static final long NONE = Long.MIN_VALUE;

  private final Settings settings;
  private ScoreRanking reference = new ScoreRanking();
  private ScoreRanking cohort = new ScoreRanking();
  private long startMs = NONE;
  private long lastMs = NONE;

  /**
   * How cohorts are made and judged.
   *
   * @param cohortMs least time that a cohort lasts
   * @param leastFrauds frauds that it holds at least
   * @param budgetPercent payments that are looked at, percent
   * @param level probability of calling a drop where there is none, from the page budget
   */
  public record Settings(long cohortMs, int leastFrauds, double budgetPercent, double level) {
    /** Checks the ranges. */
    public Settings {
      if (cohortMs < 1 || leastFrauds < 1 || !(level > 0 && level < 1)) {
        throw new IllegalArgumentException(
            "a cohort needs some time and frauds and a level in (0, 1): "
                + cohortMs
                + ", "
                + leastFrauds
                + ", "
                + level);
      }
    }
  }

  /**
   * A cohort that has ended.
   *
   * @param startMs first moment it may hold
   * @param endMs latest event time in it
   * @param rows its payments
   * @param referenceRows payments of the reference
   * @param precision PR-AUC, and below which it is a drop
   * @param recall share of frauds found at the budget, and below which it is a drop
   * @param filling how much of the reference is there, in [0, 1), while the cohort is part of it;
   *     else null
   */
  public record Reading(
      long startMs,
      long endMs,
      long rows,
      long referenceRows,
      Figure precision,
      Figure recall,
      @Nullable Double filling) {}

  /**
   * A figure and its bound.
   *
   * @param value what the cohort shows
   * @param bound below it is a drop; NaN while there is no reference
   * @param pValue probability of a value as low if nothing had changed; NaN without a reference
   * @param dropped true if it is a drop
   */
  public record Figure(double value, double bound, double pValue, boolean dropped) {}

  /** Nothing watched yet. */
  public CohortWatch(Settings settings) {
    this.settings = settings;
  }

  /**
   * Takes an outcome at its maturity.
   *
   * @param score of the payment's decision, in [0, 1]
   * @return the cohort that it ends; null mostly
   */
  public @Nullable Reading observe(long eventTimeMs, double score, boolean fraud) {
    long at = Math.floorDiv(eventTimeMs, settings.cohortMs()) * settings.cohortMs();
    if (startMs == NONE) {
      startMs = at;
    }
    Reading ended = at > startMs && cohort.frauds() >= settings.leastFrauds() ? end(at) : null;
    cohort.add(score, fraud);
    lastMs = Math.max(lastMs, eventTimeMs);
    return ended;
  }

  private Reading end(long nextMs) {
    long wanted = (long) REFERENCE * settings.leastFrauds();
    boolean compared = reference.frauds() >= wanted;
    Reading reading = compared ? compare() : gather(wanted);
    cohort = new ScoreRanking();
    startMs = nextMs;
    lastMs = NONE;
    return reading;
  }

  private Reading gather(long wanted) {
    RankingMetrics metrics = cohort.metrics();
    reference.add(cohort);
    return reading(
        new Figure(precision(metrics), Double.NaN, Double.NaN, false),
        new Figure(recall(metrics), Double.NaN, Double.NaN, false),
        Math.min(ALMOST, (double) reference.frauds() / wanted));
  }

  private Reading compare() {
    CohortReading before = of(reference);
    CohortReading now = of(cohort);
    PerformanceDrop drop = PerformanceDrop.between(before, now, settings.level());
    double half = settings.level() / 2;
    RankingMetrics metrics = cohort.metrics();
    return reading(
        new Figure(
            precision(metrics),
            PerformanceDrop.precisionBound(before, now.frauds(), half),
            drop.precisionPValue(),
            drop.precisionPValue() < half),
        new Figure(
            recall(metrics),
            PerformanceDrop.recallBound(before, now.frauds(), half),
            drop.recallPValue(),
            drop.recallPValue() < half),
        null);
  }

  private Reading reading(Figure precision, Figure recall, @Nullable Double filling) {
    return new Reading(
        startMs, lastMs, cohort.rows(), reference.rows(), precision, recall, filling);
  }

  private CohortReading of(ScoreRanking ranking) {
    RankingMetrics metrics = ranking.metrics();
    return new CohortReading(
        startMs,
        0,
        metrics.rows(),
        metrics.frauds(),
        metrics.averagePrecision(),
        metrics.atBudget(settings.budgetPercent()).frauds());
  }

  private static double precision(RankingMetrics metrics) {
    Double of = metrics.averagePrecision();
    return of == null ? Double.NaN : of;
  }

  private double recall(RankingMetrics metrics) {
    return metrics.atBudget(settings.budgetPercent()).frauds() / metrics.frauds();
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return 1 + 2 * Long.BYTES + reference.byteSize() + cohort.byteSize();
  }

  /** Writes what was observed; settings are not in it. */
  public void write(ByteBuffer out) {
    out.put(VERSION).putLong(startMs).putLong(lastMs);
    reference.write(out);
    cohort.write(out);
  }

  /** Goes on from what was written. */
  public void restore(ByteBuffer in) {
    StateVersion.expect(VERSION, in, "watch of cohorts");
    startMs = in.getLong();
    lastMs = in.getLong();
    reference = ScoreRanking.read(in);
    cohort = ScoreRanking.read(in);
  }
}
