package dev.tidegate.features.catalogue;

import java.io.Serializable;
import java.util.List;

/**
 * The last events of an entity beside the vector, for models that read sequences: a row an event,
 * the oldest first and the payment itself last.
 *
 * @param length at most this many events, the payment itself among them; 1 to {@link #LONGEST}
 * @param fields what stands in a row, in order
 */
public record Sequence(Entity entity, int length, List<SequenceField> fields)
    implements Serializable {
  /** Most events in a sequence. */
  public static final int LONGEST = 32;

  /** Copies the fields. */
  public Sequence {
    fields = List.copyOf(fields);
  }

  /** A sequence of the usual fields. */
  static Sequence usual(Entity entity, int length) {
    return new Sequence(entity, length, SequenceField.usual(entity));
  }

  /** Whether its fields are those of a sequence that names none. */
  boolean isUsual() {
    return fields.equals(SequenceField.usual(entity));
  }
}
