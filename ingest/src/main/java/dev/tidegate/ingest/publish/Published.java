package dev.tidegate.ingest.publish;

import java.util.HashSet;
import java.util.Set;

/** What a feed has published after its last position: not to be published again. */
final class Published {
  private final Set<String> transactions = new HashSet<>();
  private final Set<String> labels = new HashSet<>();
  private final Set<String> rejected = new HashSet<>();

  void transaction(String id) {
    transactions.add(id);
  }

  void label(String transactionId) {
    labels.add(transactionId);
  }

  void rejected(String key) {
    rejected.add(key);
  }

  /** True once for a payment that stands in the topic. */
  boolean takeTransaction(String id) {
    return !transactions.isEmpty() && transactions.remove(id);
  }

  /** True once for a label that stands in the topic. */
  boolean takeLabel(String transactionId) {
    return !labels.isEmpty() && labels.remove(transactionId);
  }

  /** True once for a rejection that stands in the topic. */
  boolean takeRejected(String key) {
    return !rejected.isEmpty() && rejected.remove(key);
  }
}
