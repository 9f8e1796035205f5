package dev.tidegate.ingest.publish;

/**
 * How far a feed is; counts of this run, except {@code results}.
 *
 * @param results rows dealt with since the start of the source, earlier runs included
 * @param line physical line of the newest of them
 * @param resumedAt rows that earlier runs had dealt with
 * @param published payments published
 * @param labels labels published
 * @param rejected rejections published
 * @param duplicates payments read before and dropped
 * @param skipped rows the profile leaves out
 * @param newestEventMs latest event time read so far; Long.MIN_VALUE before the first payment
 * @param complete true if the source was read to its end and everything is acknowledged
 */
public record FeedProgress(
    long results,
    long line,
    long resumedAt,
    long published,
    long labels,
    long rejected,
    long duplicates,
    long skipped,
    long newestEventMs,
    boolean complete) {
  /** Before anything happened. */
  public static final FeedProgress NONE =
      new FeedProgress(0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE, false);
}
