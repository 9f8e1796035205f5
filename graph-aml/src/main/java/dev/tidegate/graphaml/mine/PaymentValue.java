package dev.tidegate.graphaml.mine;

import dev.tidegate.schemas.event.Transaction;

/** What a payment is worth in the base currency. */
@FunctionalInterface
public interface PaymentValue {
  /** Minor units of the base currency; 0 where it cannot be told. */
  long of(Transaction payment);
}
