package dev.tidegate.features.history;

import java.io.Serializable;
import java.util.List;

/**
 * What a history is kept for, with the words its numbers stand for. Histories that were written
 * under one layout are carried over to another by these words.
 *
 * @param measures the measures, in the order of their answers
 * @param filters text of each filter; a measure's filter is an index into it
 * @param tags name of each tag; a measure's tag is an index into it
 * @param recent what is told of the last events beside the measures
 */
public record Layout(List<Measure> measures, List<String> filters, List<String> tags, Recent recent)
    implements Serializable {
  /** Copies the lists. */
  public Layout {
    measures = List.copyOf(measures);
    filters = List.copyOf(filters);
    tags = List.copyOf(tags);
  }

  /** A layout without a sequence. */
  public Layout(List<Measure> measures, List<String> filters, List<String> tags) {
    this(measures, filters, tags, Recent.NONE);
  }
}
