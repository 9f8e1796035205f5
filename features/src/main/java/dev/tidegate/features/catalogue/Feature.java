package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Measure;
import java.io.Serializable;

/**
 * What one place of a vector holds. It travels as configuration of operators, by Java's
 * serialization, and never inside an event or a state.
 */
public sealed interface Feature extends Serializable {
  /** Unique in its catalogue: lower case letters, digits and underscores. */
  String name();

  /**
   * A measure of the history of one of the payment's entities; NaN if the payment names none.
   *
   * @param as the word that the family gives its name, or an empty text
   */
  record Measured(String name, Entity entity, Measure measure, String as) implements Feature {}

  /** A number of the payment alone. */
  record OfPayment(String name, PaymentValue value) implements Feature {}

  /** One feature over another; NaN where either is NaN or the second is 0. */
  record Ratio(String name, String numerator, String denominator) implements Feature {}
}
