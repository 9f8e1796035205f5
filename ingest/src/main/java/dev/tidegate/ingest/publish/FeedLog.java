package dev.tidegate.ingest.publish;

import java.util.Map;

/** The topics of a feed as they stand. */
interface FeedLog {
  /** Next offset of every partition: topic -> partition -> offset. */
  Map<String, Map<Integer, Long>> ends();

  /** What a source published from some offsets to the present ends. */
  Published readBack(String source, Map<String, Map<Integer, Long>> from);
}
