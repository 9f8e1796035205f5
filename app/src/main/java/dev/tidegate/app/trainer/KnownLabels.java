package dev.tidegate.app.trainer;

import dev.tidegate.schemas.event.Label;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was known of payments at a cut: of each the label known last, and of two that were known at
 * once the one that says fraud. A label known after the cut is not there, whatever it says. Grows
 * in any order to the same end; not thread safe.
 */
final class KnownLabels {
  private final long cutMs;
  private final Map<String, Known> known = new HashMap<>();
  private final Set<String> later = new HashSet<>();

  /**
   * As of a cut.
   *
   * @param cutMs labels known at or before it count
   */
  KnownLabels(long cutMs) {
    this.cutMs = cutMs;
  }

  /** What is known of a payment. */
  private record Known(long atMs, boolean fraud, @Nullable String kind) {
    boolean before(Known other) {
      if (atMs != other.atMs) {
        return atMs < other.atMs;
      }
      if (fraud != other.fraud) {
        return other.fraud;
      }
      return String.valueOf(kind).compareTo(String.valueOf(other.kind)) < 0;
    }
  }

  void add(Label label) {
    if (label.getKnownAtMs() > cutMs) {
      later.add(label.getTransactionId() + "|" + label.getKnownAtMs());
      return;
    }
    Known found = new Known(label.getKnownAtMs(), label.getFraud(), label.getKind());
    known.merge(label.getTransactionId(), found, (old, fresh) -> old.before(fresh) ? fresh : old);
  }

  /** Payments of which something is known. */
  int size() {
    return known.size();
  }

  /** Labels that were known after the cut. */
  long later() {
    return later.size();
  }

  /** True if the payment is known to be fraud; what nobody reported by its maturity is none. */
  boolean fraud(String transactionId) {
    Known found = known.get(transactionId);
    return found != null && found.fraud;
  }

  /** Kind of the fraud; null if it is none or the label names none. */
  @Nullable String kind(String transactionId) {
    Known found = known.get(transactionId);
    return found != null && found.fraud ? found.kind : null;
  }
}
