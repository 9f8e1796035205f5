package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Label;

/** [labels] as a Flink source; labels come days late and hold nothing back. */
public final class LabelsSource {
  private LabelsSource() {}

  /**
   * The topic as a job's stream of labels; see {@link UnhurriedSource}.
   *
   * @param name name of the source operator and its uid
   */
  public static LabelStream stream(StreamSettings settings, String name) {
    EventStream<Label> labels =
        UnhurriedSource.stream(settings, Topics.LABELS, Label.class, Label::getKnownAtMs, name);
    return labels::open;
  }
}
