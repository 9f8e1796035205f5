package dev.tidegate.ingest.door;

import org.jspecify.annotations.Nullable;

/** What payments turned out to be, asked for one by one: for sources that are no file. */
@FunctionalInterface
public interface LabelLookup {
  /**
   * The kind of a positive, empty if it has none; null for a payment that is none. Asked once for
   * each payment, right after its row was read.
   */
  @Nullable String kindOf(String transactionId);
}
