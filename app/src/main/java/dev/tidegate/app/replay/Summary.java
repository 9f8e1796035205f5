package dev.tidegate.app.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * What became of a file; the components are the keys of {@code summary.json}.
 *
 * @param file the file's name
 * @param profile how it was read
 * @param release what decided
 * @param rows rows of the file, the header not counted
 * @param decisions payments decided
 * @param rejected rows rejected, by reason
 * @param duplicates rows that repeat a payment, same id and same content
 * @param skipped rows that the profile's filter leaves out
 * @param late payments further out of order than the profile allows: decided with what had arrived
 * @param alerts alerts raised
 * @param repeatedDecisions decisions published again for a payment decided before; readers by key
 *     see one
 * @param rowsPerSecond rows a second, from the first row read to the last decision
 * @param latencyMs from door to decision, milliseconds
 */
public record Summary(
    String file,
    String profile,
    String release,
    long rows,
    long decisions,
    Map<String, Long> rejected,
    long duplicates,
    long skipped,
    long late,
    long alerts,
    long repeatedDecisions,
    double rowsPerSecond,
    LatencyMs latencyMs) {
  /**
   * A distribution, milliseconds.
   *
   * @param p50 median
   * @param p99 99th percentile
   * @param p999 99.9th percentile
   */
  public record LatencyMs(long p50, long p99, long p999) {}

  /** Rows that ended as none of decision, rejection, duplicate or skipped; 0 when all is well. */
  @JsonProperty
  public long unaccounted() {
    return rows - decisions - rejectedTotal() - duplicates - skipped;
  }

  /** Rejections of any reason. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One JSON object. */
  public String json() throws JsonProcessingException {
    return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }
}
