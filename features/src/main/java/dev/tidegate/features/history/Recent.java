package dev.tidegate.features.history;

import java.io.Serializable;
import java.util.List;

/**
 * What is told of an entity's last events as of one of them: a row an event, the oldest first and
 * the event itself last, for models that read sequences. Events that stand further back than {@link
 * #REACH_MS} are left out, whatever else is kept of them.
 *
 * @param length most rows, the event itself among them; 0 where no sequence is asked for
 * @param columns what stands in a row, in order
 */
public record Recent(int length, List<Column> columns) implements Serializable {
  /** No sequence. */
  public static final Recent NONE = new Recent(0, List.of());

  /** How far before an event its sequence begins, milliseconds: as long as the longest window. */
  public static final long REACH_MS = 30 * 86_400_000L;

  /** What is told of one event, beside the event that the sequence is of. */
  public enum What {
    /** Seconds from it to the event; 0 for the event itself. */
    AGE,
    /** Its amount, minor units; NaN in another currency than the event's. */
    AMOUNT,
    /** Its converted amount, minor units; NaN without a rate. */
    BASE_AMOUNT,
    /** Hours since midnight UTC, from 0 up to 24. */
    HOUR_OF_DAY,
    /** ISO weekday UTC, Monday 1 to Sunday 7. */
    DAY_OF_WEEK,
    /** 1 if its value of a tag is the event's, else 0; NaN if one of them has none. */
    SAME
  }

  /**
   * One number of a row.
   *
   * @param tag index of the tag for {@link What#SAME}, else {@link Measure#NO_TAG}
   */
  public record Column(What what, int tag) implements Serializable {}

  /** Copies the columns. */
  public Recent {
    columns = List.copyOf(columns);
  }

  /** Whether a sequence is asked for. */
  boolean isAsked() {
    return length > 0;
  }

  /** Whether converted amounts are asked for. */
  boolean base() {
    return columns.stream().anyMatch(column -> column.what() == What.BASE_AMOUNT);
  }

  /** The tags that are compared. */
  List<Integer> tags() {
    return columns.stream().map(Column::tag).filter(tag -> tag != Measure.NO_TAG).toList();
  }
}
