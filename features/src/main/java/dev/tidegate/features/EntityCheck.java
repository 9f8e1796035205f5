package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Recent;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes one entity's features again from its archived payments and labels, with the kernel that
 * computed them live, and counts the served vectors that are not equal bit for bit. It looks at the
 * features that the entity and the payment alone decide: the entity's own, those of the payment,
 * and ratios of these; and at the entity's sequence, if the archive holds it.
 *
 * <p><b>What is judged.</b> A vector is, if every payment of the key that it may look back on is
 * there and was itself answered in order by the same catalogue. A late one is not: vectors were
 * served before it came, and the archive does not say which. Neither is one of an older catalogue,
 * whose events do not remember what a new filter asks, nor one without a vector. Features that look
 * back for ever, and vectors with an answer from tiles, are judged only where that holds from the
 * key's very first payment on.
 *
 * <p><b>Labels</b> count from when they were known. Live, one that came later than that counts from
 * when it came; so vectors that differ only where labels count are counted apart.
 *
 * <p>Not thread safe. Time: that of the kernel for each payment, and a sort.
 */
public final class EntityCheck {
  private static final Comparator<Step> ORDER =
      Comparator.<Step>comparingLong(step -> step.payment.orderMs)
          .thenComparing(Step::payment, StreamOrder::compareTies);

  private final PaymentReader reader;
  private final VectorWriter writer;
  private final EntityWindows windows;
  private final double[] answers;
  private final int features;
  private final int sequences;
  private final int sequence;
  private final int[] places;
  private final JudgedPlaces judged;
  private final String digest;
  private final long reachMs;

  /** The check of one kind of entity, which must be one of the catalogue's. */
  public EntityCheck(Catalogue catalogue, Entity entity) {
    List<MeasureAt> measures = catalogue.measures(entity);
    reader = new PaymentReader(catalogue);
    writer = new VectorWriter(catalogue);
    windows = new EntityWindows(catalogue.layout(entity));
    answers = new double[windows.size()];
    features = catalogue.size();
    sequences = catalogue.sequences().size();
    sequence = catalogue.sequencePlace(entity);
    places = measures.stream().mapToInt(MeasureAt::place).toArray();
    judged = new JudgedPlaces(catalogue, entity);
    digest = catalogue.digest();
    reachMs =
        Math.max(
            sequence >= 0 ? Recent.REACH_MS : 0,
            measures.stream()
                .mapToLong(m -> m.measure().windowMs() + m.measure().delayMs())
                .max()
                .orElse(0));
  }

  /**
   * How far back a vector looks at most, milliseconds, apart from features that look back for ever.
   */
  public long reachMs() {
    return reachMs;
  }

  /**
   * What was found.
   *
   * @param vectors vectors that were judged
   * @param mismatches those with a sequence or a feature that is not equal bit for bit and looks at
   *     no label
   * @param labelMismatches those that differ only in features that look at labels
   */
  public record Found(long vectors, long mismatches, long labelMismatches) {
    /** Nothing yet. */
    public static final Found NOTHING = new Found(0, 0, 0);

    /** Both together. */
    public Found plus(Found other) {
      return new Found(
          vectors + other.vectors,
          mismatches + other.mismatches,
          labelMismatches + other.labelMismatches);
    }
  }

  private record Step(Payment payment, ServedPayment source) {}

  /** What is known of the past at a step. */
  private static final class Past {
    long sureFromMs;
    boolean sureForEver;
  }

  /**
   * Checks one key.
   *
   * @param payments of the key, each once, in any order
   * @param labels of these payments, in the order in which they came
   * @param fromMs moment from which on all payments of the key are among them; {@link
   *     Long#MIN_VALUE} if no payment of it is missing
   */
  public Found check(List<ServedPayment> payments, List<Label> labels, long fromMs) {
    EntityHistory history = windows.empty();
    Past past = new Past();
    past.sureForEver = fromMs == Long.MIN_VALUE;
    past.sureFromMs = past.sureForEver ? fromMs : fromMs + reachMs;
    Found found = Found.NOTHING;
    for (Step step : steps(payments, labels)) {
      Payment payment = step.payment;
      if (payment.isLabel) {
        windows.label(history, payment.event(), payment.fraud);
      } else {
        payment.tiled = windows.add(history, payment.event(), answers);
        found = found.plus(judge(step, past));
      }
    }
    return found;
  }

  private List<Step> steps(List<ServedPayment> payments, List<Label> labels) {
    List<Step> steps = new ArrayList<>();
    Map<String, Step> byId = new HashMap<>();
    for (ServedPayment served : payments) {
      Step step = new Step(reader.read(served.transaction()), served);
      steps.add(step);
      byId.put(served.transaction().getTransactionId(), step);
    }
    if (judged.usesLabels()) {
      Map<Step, Boolean> frauds = new HashMap<>();
      for (Label label : inOrder(labels)) {
        Step of = byId.get(label.getTransactionId());
        boolean fraud = label.getFraud();
        if (of != null && frauds.getOrDefault(of, false) != fraud) {
          frauds.put(of, fraud);
          steps.add(new Step(mark(of.source, label), of.source));
        }
      }
    }
    steps.sort(ORDER);
    return steps;
  }

  private static List<Label> inOrder(List<Label> labels) {
    return labels.stream().sorted(Comparator.comparingLong(Label::getKnownAtMs)).toList();
  }

  /** As the stage has it: a label never comes before its payment, nor at one moment with it. */
  private Payment mark(ServedPayment of, Label label) {
    Payment mark = reader.read(of.transaction());
    mark.isLabel = true;
    mark.fraud = label.getFraud();
    mark.orderMs = Math.max(label.getKnownAtMs(), mark.timeMs + 1);
    return mark;
  }

  private Found judge(Step step, Past past) {
    ServedPayment.Vector served = step.source.vector();
    Payment payment = step.payment;
    if (served == null || !served.isInOrder(digest)) {
      past.sureFromMs = Math.max(past.sureFromMs, payment.timeMs + reachMs);
      past.sureForEver = false;
      return Found.NOTHING;
    }
    float[] values = served.values();
    boolean sure = payment.timeMs >= past.sureFromMs && (past.sureForEver || !payment.tiled);
    if (!sure || values == null) {
      return Found.NOTHING;
    }
    payment.makeRoom(features, sequences);
    for (int i = 0; i < places.length; i++) {
      payment.values[places[i]] = answers[i];
    }
    if (sequence >= 0) {
      payment.sequences[sequence] = SequenceBytes.of(windows.recent());
    }
    FeatureVector again = writer.write(payment, step.source.transaction());
    return hasAnotherSequence(served, again)
        ? new Found(1, 1, 0)
        : judged.compare(values, again.getValues(), past.sureForEver);
  }

  private boolean hasAnotherSequence(ServedPayment.Vector served, FeatureVector again) {
    return sequence >= 0
        && !served.sequences().isEmpty()
        && !served.sequences().get(sequence).equals(again.getSequences().get(sequence));
  }
}
