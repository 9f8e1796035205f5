package dev.tidegate.lab.audit;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reconciles [transactions] with [features], as they stand at the call. Holds one vector a payment
 * in memory. Thread safe if its log is.
 */
public final class VectorAuditor {
  private final TopicLog log;

  /** For the topics in a log. */
  public VectorAuditor(TopicLog log) {
    this.log = log;
  }

  /**
   * Every payment that stands on [transactions], and every one that the caller knows it has sent,
   * is expected to have its vector.
   *
   * @param sent transaction ids of acknowledged payments
   */
  public VectorReport audit(Collection<String> sent) {
    Set<String> expected = new TreeSet<>(sent);
    log.read(
        Topics.TRANSACTIONS,
        Transaction.class,
        payment -> expected.add(payment.getTransactionId()));
    Vectors seen = new Vectors();
    log.read(Topics.FEATURES, FeatureVector.class, seen::add);
    return new VectorReport(
        seen.raw,
        without(expected, seen.first.keySet()),
        without(seen.first.keySet(), expected),
        List.copyOf(seen.changed),
        seen.first);
  }

  private static List<String> without(Collection<String> ids, Set<String> known) {
    return ids.stream().filter(id -> !known.contains(id)).toList();
  }

  private static final class Vectors {
    final Map<String, FeatureVector> first = new TreeMap<>();
    final Set<String> changed = new TreeSet<>();
    long raw;

    void add(FeatureVector vector) {
      raw++;
      String id = vector.getTransaction().getTransactionId();
      FeatureVector known = first.putIfAbsent(id, vector);
      if (known != null && !withoutClock(known).equals(withoutClock(vector))) {
        changed.add(id);
      }
    }

    private static FeatureVector withoutClock(FeatureVector vector) {
      Transaction payment =
          Transaction.newBuilder(vector.getTransaction()).setIngestedAtMs(0).build();
      return FeatureVector.newBuilder(vector).setTransaction(payment).build();
    }
  }
}
