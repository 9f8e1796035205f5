package dev.tidegate.retrain.outcome;

import dev.tidegate.retrain.evaluate.RankingMetrics;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Performance while labels are still coming in: payments of a time are a cohort, and each cohort is
 * read at the same ages.
 *
 * <p>At age a every payment of the cohort has had exactly a for its label, the newest too: a label
 * counts if it was known by the payment's time plus a, and the cohort is read once its last payment
 * is a old. So cohorts of one age compare, and a fresh one is never held against a mature one,
 * whose frauds have had longer to be told.
 *
 * <p>Holds the payments of the greatest age. O(n log n) a reading. Mutable; not thread safe.
 */
public final class CohortPerformance {
  private final long cohortMs;
  private final long[] agesMs;
  private final double budgetPercent;
  private final NavigableMap<Long, Cohort> cohorts = new TreeMap<>();

  /**
   * Performance of cohorts.
   *
   * @param cohortMs time that makes a cohort
   * @param agesMs ages at which each is read, ascending
   * @param budgetPercent payments that are looked at, percent
   */
  public CohortPerformance(long cohortMs, List<Long> agesMs, double budgetPercent) {
    if (cohortMs < 1 || agesMs.isEmpty()) {
      throw new IllegalArgumentException("performance needs cohorts of some time and an age");
    }
    this.cohortMs = cohortMs;
    this.agesMs = agesMs.stream().mapToLong(Long::longValue).toArray();
    for (int i = 0; i < this.agesMs.length; i++) {
      if (this.agesMs[i] < 0 || (i > 0 && this.agesMs[i] <= this.agesMs[i - 1])) {
        throw new IllegalArgumentException("ages must ascend: " + agesMs);
      }
    }
    this.budgetPercent = budgetPercent;
  }

  /**
   * A payment that was scored; one that is there already is passed over.
   *
   * @param score higher is more suspicious; not NaN
   */
  public void scored(String transactionId, long eventTimeMs, double score) {
    cohorts
        .computeIfAbsent(Math.floorDiv(eventTimeMs, cohortMs), c -> new Cohort())
        .add(transactionId, eventTimeMs, score);
  }

  /**
   * A label; a payment that is not held any more is passed over. Of several fraud labels the first
   * counts.
   */
  public void labelled(String transactionId, long eventTimeMs, long knownAtMs, boolean fraud) {
    Cohort cohort = cohorts.get(Math.floorDiv(eventTimeMs, cohortMs));
    if (cohort != null && fraud) {
      cohort.fraud(transactionId, knownAtMs);
    }
  }

  /**
   * Reads what is old enough.
   *
   * @param nowMs time up to which payments and labels have been read
   */
  public List<CohortReading> advance(long nowMs) {
    List<CohortReading> readings = new ArrayList<>();
    Iterator<Map.Entry<Long, Cohort>> oldest = cohorts.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Long, Cohort> entry = oldest.next();
      long startMs = entry.getKey() * cohortMs;
      Cohort cohort = entry.getValue();
      while (cohort.read < agesMs.length && startMs + cohortMs + agesMs[cohort.read] <= nowMs) {
        readings.add(cohort.read(startMs, agesMs[cohort.read], budgetPercent));
        cohort.read++;
      }
      if (cohort.read == agesMs.length) {
        oldest.remove();
      }
    }
    return readings;
  }

  /** Cohorts that are held. */
  public int held() {
    return cohorts.size();
  }

  private static final class Cohort {
    private final Object2IntOpenHashMap<String> rows = new Object2IntOpenHashMap<>();
    private final DoubleArrayList scores = new DoubleArrayList();
    private final LongArrayList timesMs = new LongArrayList();
    private final LongArrayList fraudKnownMs = new LongArrayList();
    private int read;

    void add(String id, long timeMs, double score) {
      if (!rows.containsKey(id)) {
        rows.put(id, scores.size());
        scores.add(score);
        timesMs.add(timeMs);
        fraudKnownMs.add(Long.MAX_VALUE);
      }
    }

    void fraud(String id, long knownAtMs) {
      if (rows.containsKey(id)) {
        int row = rows.getInt(id);
        fraudKnownMs.set(row, Math.min(fraudKnownMs.getLong(row), knownAtMs));
      }
    }

    CohortReading read(long startMs, long ageMs, double budgetPercent) {
      BitSet fraud = new BitSet();
      for (int row = 0; row < scores.size(); row++) {
        fraud.set(row, fraudKnownMs.getLong(row) <= timesMs.getLong(row) + ageMs);
      }
      RankingMetrics metrics = RankingMetrics.of(scores.toDoubleArray(), fraud);
      return new CohortReading(
          startMs,
          ageMs,
          metrics.rows(),
          metrics.frauds(),
          metrics.averagePrecision(),
          metrics.atBudget(budgetPercent).frauds());
    }
  }
}
