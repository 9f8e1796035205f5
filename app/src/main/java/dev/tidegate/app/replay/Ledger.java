package dev.tidegate.app.replay;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import it.unimi.dsi.fastutil.bytes.ByteArrayList;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the topics say of each payment, read from outside: accepted, decided, alerted, rejected. The
 * first decision of a payment counts. Holds about 150 bytes a payment. Thread safe.
 */
final class Ledger {
  private static final byte UNDECIDED = -1;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final Object2IntOpenHashMap<String> indexes = new Object2IntOpenHashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final LongArrayList lines = new LongArrayList();
  private final LongArrayList timesMs = new LongArrayList();
  private final DoubleArrayList scores = new DoubleArrayList();
  private final ByteArrayList outcomes = new ByteArrayList();
  private final Map<Integer, List<String>> rules = new HashMap<>();
  private final Map<String, Alert> alerts = new TreeMap<>();
  private final Map<Long, Rejected> rejections = new TreeMap<>();
  private String release = "";
  private long accepted;
  private long decided;
  private long repeated;

  Ledger() {
    indexes.defaultReturnValue(-1);
  }

  synchronized void accepted(Transaction payment) {
    int index = index(payment.getTransactionId());
    if (lines.getLong(index) == 0) {
      lines.set(index, payment.getSourceOffset());
      timesMs.set(index, payment.getEventTimeMs());
      accepted++;
    }
  }

  synchronized void decided(Decision decision) {
    int index = index(decision.getTransactionId());
    if (outcomes.getByte(index) != UNDECIDED) {
      repeated++;
      return;
    }
    outcomes.set(index, (byte) decision.getOutcome().ordinal());
    scores.set(index, decision.getScore());
    release = decision.getRelease();
    if (!decision.getRules().isEmpty()) {
      rules.put(index, decision.getRules());
    }
    decided++;
  }

  synchronized void alerted(Alert alert) {
    alerts.putIfAbsent(alert.getAlertId(), alert);
  }

  synchronized void rejected(Rejected rejected) {
    rejections.putIfAbsent(rejected.getSourceOffset(), rejected);
  }

  private int index(String id) {
    int index = indexes.getInt(id);
    if (index < 0) {
      index = ids.size();
      indexes.put(id, index);
      ids.add(id);
      lines.add(0);
      timesMs.add(0);
      scores.add(Double.NaN);
      outcomes.add(UNDECIDED);
    }
    return index;
  }

  /** Payments with a decision. */
  synchronized long decided() {
    return decided;
  }

  /** Payments that stand in [transactions]. */
  synchronized long accepted() {
    return accepted;
  }

  /** Decisions that came again for a payment decided before. */
  synchronized long repeated() {
    return repeated;
  }

  /** Rejections, by line. */
  synchronized List<Rejected> rejections() {
    return List.copyOf(rejections.values());
  }

  /** Number of rejections by reason. */
  synchronized Map<String, Long> rejectedByReason() {
    Map<String, Long> byReason = new TreeMap<>();
    rejections.values().forEach(rejected -> byReason.merge(rejected.getReason(), 1L, Long::sum));
    return byReason;
  }

  /** Alerts in the order of their payments in the file. */
  synchronized List<Alert> alerts() {
    List<Alert> sorted = new ArrayList<>(alerts.values());
    sorted.sort(
        (left, right) ->
            Long.compare(
                left.getTransaction().getSourceOffset(), right.getTransaction().getSourceOffset()));
    return sorted;
  }

  /** Is told each decision. */
  interface Reader {
    void decision(String id, long timeMs, double score, Outcome outcome, List<String> rules)
        throws IOException;
  }

  /** Name of the release that decided; empty without a decision. */
  synchronized String release() {
    return release;
  }

  /** Tells each payment's decision, in the order of the file. */
  synchronized void eachDecision(Reader reader) throws IOException {
    int[] order = new int[ids.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    IntArrays.parallelQuickSort(
        order, (left, right) -> Long.compare(lines.getLong(left), lines.getLong(right)));
    for (int index : order) {
      byte outcome = outcomes.getByte(index);
      if (outcome != UNDECIDED) {
        reader.decision(
            ids.get(index),
            timesMs.getLong(index),
            scores.getDouble(index),
            OUTCOMES[outcome],
            rules.getOrDefault(index, List.of()));
      }
    }
  }
}
