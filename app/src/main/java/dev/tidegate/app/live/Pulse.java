package dev.tidegate.app.live;

import dev.tidegate.app.stage.Scorer;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.scoring.loop.ScoringMetrics;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How the platform is doing, with rates over the last seconds. Thread safe. */
final class Pulse {
  private static final long WINDOW_MS = 5_000;

  private final String feedName;
  private final FeedRun feed;
  private final Scorer scorer;
  private final InstantSource clock;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private Beat last = new Beat(0, 0, 0, 0, 0, 0, 0, false);

  Pulse(String feedName, FeedRun feed, Scorer scorer, InstantSource clock) {
    this.feedName = feedName;
    this.feed = feed;
    this.scorer = scorer;
    this.clock = clock;
  }

  private record Mark(long atMs, long decided, Histogram latencyMs) {}

  /**
   * One reading.
   *
   * @param sent payments accepted since the start
   * @param rejected rows rejected since the start
   * @param decided decisions since the start
   * @param alerts alerts since the start
   * @param perSecond decisions a second, over the last seconds
   * @param p50Ms median from door to decision, milliseconds, over the last seconds
   * @param p99Ms 99th percentile of it
   * @param feedEnded true if the feed has no more payments
   */
  record Beat(
      long sent,
      long rejected,
      long decided,
      long alerts,
      double perSecond,
      long p50Ms,
      long p99Ms,
      boolean feedEnded) {
    /** One line for people. */
    String text(String url) {
      return String.format(
          Locale.ROOT,
          "%s in  %s decided  %s  p50 %d ms  p99 %d ms  %s alerts%s  %s",
          Figures.count(sent),
          Figures.count(decided),
          Figures.rate(perSecond),
          p50Ms,
          p99Ms,
          Figures.count(alerts),
          rejected == 0 ? "" : "  " + Figures.count(rejected) + " rejected",
          feedEnded ? "feed ended  " + url : url);
    }
  }

  /** Takes a reading; for the one loop that watches. */
  synchronized Beat beat() {
    ScoringMetrics metrics = scorer.metrics();
    long nowMs = clock.millis();
    marks.addLast(new Mark(nowMs, metrics.decided(), scorer.takeRecentLatency()));
    while (marks.size() > 2 && nowMs - marks.getFirst().atMs > WINDOW_MS) {
      marks.removeFirst();
    }
    Mark oldest = marks.getFirst();
    double seconds = Math.max(0.001, (nowMs - oldest.atMs) / 1_000.0);
    double rate = nowMs == oldest.atMs ? 0 : (metrics.decided() - oldest.decided) / seconds;
    Histogram latency = new Histogram(3);
    marks.forEach(mark -> latency.add(mark.latencyMs));
    last =
        new Beat(
            feed.sent(),
            feed.rejected(),
            metrics.decided(),
            metrics.alerts(),
            rate,
            latency.getValueAtPercentile(50),
            latency.getValueAtPercentile(99),
            feed.ended());
    return last;
  }

  /** The last reading, for the strip at the top of the page. */
  synchronized PlatformStatus status() {
    Beat beat = last;
    double p99 = beat.decided == 0 ? Double.NaN : beat.p99Ms;
    return new PlatformStatus(
        feedName, beat.sent, beat.decided, beat.rejected, beat.perSecond, p99);
  }
}
