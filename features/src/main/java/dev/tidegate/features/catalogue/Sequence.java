package dev.tidegate.features.catalogue;

import java.io.Serializable;

/**
 * The last events of an entity beside the vector, for models that read sequences.
 *
 * @param length at most this many events, the payment itself among them; 1 to {@link #LONGEST}
 */
public record Sequence(Entity entity, int length) implements Serializable {
  /** Most events in a sequence. */
  public static final int LONGEST = 32;
}
