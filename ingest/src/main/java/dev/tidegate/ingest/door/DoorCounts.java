package dev.tidegate.ingest.door;

import java.util.Map;

/**
 * What became of the rows so far; {@code rows} is the sum of accepted, rejected, duplicates and
 * skipped.
 *
 * @param rows records read, without the header
 * @param accepted payments
 * @param duplicates payments read before
 * @param skipped rows the filter left out
 * @param positives payments labelled as fraud
 * @param negatives payments labelled as legitimate
 * @param rejected rejections by reason code
 */
public record DoorCounts(
    long rows,
    long accepted,
    long duplicates,
    long skipped,
    long positives,
    long negatives,
    Map<String, Long> rejected) {
  /** All rejections. */
  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
