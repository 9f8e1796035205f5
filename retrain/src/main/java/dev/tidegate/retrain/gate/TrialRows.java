package dev.tidegate.retrain.gate;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Payments of one out-of-time window, each scored by both models. Grows; not thread safe.
 *
 * <p>Payments of one customer stand or fall together (a stolen card is a row of frauds), so the
 * customer is the unit that the bootstrap draws; a payment without one is a unit of its own.
 */
public final class TrialRows {
  private final DoubleArrayList champion = new DoubleArrayList();
  private final DoubleArrayList challenger = new DoubleArrayList();
  private final BitSet frauds = new BitSet();
  private final IntArrayList units = new IntArrayList();
  private final Object2IntOpenHashMap<String> unitOf = new Object2IntOpenHashMap<>();
  private final List<@Nullable String> groups = new ArrayList<>();
  private final Map<String, BitSet> segments = new TreeMap<>();
  private int numberOfUnits;

  /** No rows yet. */
  public TrialRows() {
    unitOf.defaultReturnValue(-1);
  }

  /**
   * What is known of a payment besides its scores.
   *
   * @param fraud what it turned out to be
   * @param customer who paid; null if the source does not say
   * @param group what fairness compares; null for none
   * @param segments parts of the business it belongs to, each with its field: {@code
   *     channel=online}; of a fraud also its {@code kind=...} where the label names one
   */
  public record Facts(
      boolean fraud, @Nullable String customer, @Nullable String group, List<String> segments) {
    /** Takes a copy. */
    public Facts {
      segments = List.copyOf(segments);
    }
  }

  /**
   * Adds a payment.
   *
   * @param championScore in [0, 1]
   * @param challengerScore in [0, 1]
   * @throws IllegalArgumentException on a score that is NaN
   */
  public void add(double championScore, double challengerScore, Facts facts) {
    if (Double.isNaN(championScore) || Double.isNaN(challengerScore)) {
      throw new IllegalArgumentException("a payment without both scores cannot be compared");
    }
    int row = champion.size();
    champion.add(championScore);
    challenger.add(challengerScore);
    frauds.set(row, facts.fraud());
    groups.add(facts.group());
    units.add(unit(facts.customer()));
    for (String segment : facts.segments()) {
      segments.computeIfAbsent(segment, s -> new BitSet()).set(row);
    }
  }

  private int unit(@Nullable String customer) {
    if (customer == null) {
      return numberOfUnits++;
    }
    int known = unitOf.getInt(customer);
    if (known >= 0) {
      return known;
    }
    unitOf.put(customer, numberOfUnits);
    return numberOfUnits++;
  }

  /** Number of payments. */
  public int rows() {
    return champion.size();
  }

  /** Number of frauds among them. */
  public int numberOfFrauds() {
    return frauds.cardinality();
  }

  /** Scores of the champion, in the order of the rows. */
  public double[] championScores() {
    return champion.toDoubleArray();
  }

  /** Scores of the challenger. */
  public double[] challengerScores() {
    return challenger.toDoubleArray();
  }

  /** Bit i is set if row i was fraud. */
  public BitSet frauds() {
    return (BitSet) frauds.clone();
  }

  /** Group of a row; null for none. */
  @Nullable String group(int row) {
    return groups.get(row);
  }

  /** True if some row has a group. */
  boolean grouped() {
    return groups.stream().anyMatch(group -> group != null);
  }

  boolean fraud(int row) {
    return frauds.get(row);
  }

  int unit(int row) {
    return units.getInt(row);
  }

  int numberOfUnits() {
    return numberOfUnits;
  }

  /** Names of all segments. */
  public SortedSet<String> segments() {
    return new TreeSet<>(segments.keySet());
  }

  /** Payments of a segment. */
  public long rowsOf(String segment) {
    return segments.getOrDefault(segment, new BitSet()).cardinality();
  }

  /**
   * Share of a segment's frauds that a model finds within one budget over all payments.
   *
   * @param scores the model's, in the order of the rows
   * @return NaN without frauds
   */
  public double recallOf(String segment, double[] scores, double budgetPercent) {
    double[] looked = new WeightedRanking(scores, frauds).looked(budgetPercent);
    BitSet of = fraudsOf(segment);
    return of.stream().mapToDouble(row -> looked[row]).sum() / of.cardinality();
  }

  /** Frauds of a segment. */
  public long numberOfFraudsOf(String segment) {
    return fraudsOf(segment).cardinality();
  }

  BitSet fraudsOf(String segment) {
    BitSet of = (BitSet) segments.getOrDefault(segment, new BitSet()).clone();
    of.and(frauds);
    return of;
  }
}
