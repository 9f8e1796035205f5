package dev.tidegate.features;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Payments and the answers of their entities, put together in whatever order they come. A payment
 * may come twice while its answers are under way; answers to the same question are as good as each
 * other, so each of the two takes one of each entity. Not thread safe.
 */
final class Joining {
  private final List<EntityPart> parts;
  private final int values;
  private final int sequences;
  private final Map<Id, List<Open>> open = new HashMap<>();
  private int size;

  /** What a payment and the questions made of it share. */
  private record Id(long high, long low, long content) {
    static Id of(Payment payment) {
      return new Id(payment.idHigh, payment.idLow, payment.content);
    }
  }

  /** A payment that is not answered whole, or answers whose payment has not come. */
  static final class Open {
    @Nullable Payment payment;
    final List<Payment> answers = new ArrayList<>();
    private long asked;
    private long answered;

    private boolean isComplete() {
      return payment != null && (asked & ~answered) == 0;
    }
  }

  /**
   * An empty one.
   *
   * @param values of a whole vector
   * @param sequences of a whole vector
   */
  Joining(List<EntityPart> parts, int values, int sequences) {
    this.parts = parts;
    this.values = values;
    this.sequences = sequences;
  }

  /** Takes a payment or an answer; returns the payment that this completes, or null. */
  @Nullable Payment take(Payment payment) {
    long asked = payment.entity == Payment.WHOLE ? EntityPart.asked(parts, payment) : 0;
    if (payment.entity == Payment.WHOLE && asked == 0) {
      return complete(payment, List.of());
    }
    Id id = Id.of(payment);
    List<Open> same = open.computeIfAbsent(id, first -> new ArrayList<>(1));
    Open taking = taking(same, payment);
    if (payment.entity == Payment.WHOLE) {
      taking.payment = payment;
      taking.asked = asked;
    } else {
      taking.answers.add(payment);
      taking.answered |= 1L << payment.entity;
    }
    if (!taking.isComplete()) {
      return null;
    }
    same.remove(taking);
    size--;
    if (same.isEmpty()) {
      open.remove(id);
    }
    Payment whole = taking.payment;
    return whole == null ? null : complete(whole, taking.answers);
  }

  /** The first that lacks what has come, or a new one. */
  private Open taking(List<Open> same, Payment payment) {
    for (Open candidate : same) {
      boolean has =
          payment.entity == Payment.WHOLE
              ? candidate.payment != null
              : (candidate.answered >>> payment.entity & 1) != 0;
      if (!has) {
        return candidate;
      }
    }
    Open fresh = new Open();
    same.add(fresh);
    size++;
    return fresh;
  }

  private Payment complete(Payment payment, List<Payment> answers) {
    payment.makeRoom(values, sequences);
    for (Payment answer : answers) {
      EntityPart part = parts.get(answer.entity);
      for (int i = 0; i < answer.values.length; i++) {
        payment.values[part.places().get(i)] = answer.values[i];
      }
      if (part.sequence() >= 0 && answer.sequences.length > 0) {
        payment.sequences[part.sequence()] = answer.sequences[0];
      }
      payment.late |= answer.late;
      payment.tiled |= answer.tiled;
    }
    return payment;
  }

  /** How many are not complete. */
  int size() {
    return size;
  }

  /** Shows all that is not complete. */
  void each(Consumer<Open> receiver) {
    open.values().forEach(same -> same.forEach(receiver));
  }
}
