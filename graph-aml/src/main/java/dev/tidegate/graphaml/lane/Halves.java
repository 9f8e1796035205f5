package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import org.jspecify.annotations.Nullable;

/** What is known of one payment until both of its halves have met. */
interface Halves {
  /** The vector that waits; null if none does. */
  @Nullable FeatureVector vector();

  /** Lets a vector wait. */
  void keep(FeatureVector vector);

  /** The signals that wait; null if none do. */
  @Nullable GraphSignal signal();

  /** Lets signals wait; their payment need not be kept. */
  void keep(GraphSignal signal);

  /** The payment's time, milliseconds, once it has gone on; null before. */
  @Nullable Long goneMs();

  /** Forgets both halves and remembers that the payment, made then, has gone on. */
  void go(long eventTimeMs);

  /** Forgets the payment. */
  void clear();
}
