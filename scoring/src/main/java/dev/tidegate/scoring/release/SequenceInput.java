package dev.tidegate.scoring.release;

/**
 * A sequence that a model takes beside the features: in each row of the model's input, after the
 * features and the sequences before it, {@code length} times {@code fields} values, the oldest
 * event first and the payment itself last; NaN at the front where there were fewer events.
 *
 * @param entity whose last events
 * @param place of the sequence on the vector, from 0
 * @param length events
 * @param fields values of an event
 */
public record SequenceInput(String entity, int place, int length, int fields) {
  /** Checks every value. */
  public SequenceInput {
    if (entity == null || entity.isBlank() || place < 0 || length < 1 || fields < 1) {
      throw new IllegalArgumentException(
          "sequences must have an entity, a place from 0, a length and fields from 1");
    }
  }

  /** Values of it in a row. */
  public int width() {
    return length * fields;
  }
}
