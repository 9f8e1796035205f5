package dev.tidegate.ingest.publish;

import dev.tidegate.ingest.door.Reason;
import dev.tidegate.schemas.metric.Metric;
import java.util.Arrays;

/** The door's metrics; counts are of this run of the feed. */
public enum IngestMetric implements Metric {
  /** Payments let in. */
  TRANSACTIONS(
      Declaration.counter("ingest.transactions", "payments", "Payments that the door let in.")),
  /** Labels read. */
  LABELS(Declaration.counter("ingest.labels", "labels", "Labels read with the payments.")),
  /** Rows rejected. */
  REJECTED(
      Declaration.counter(
          "ingest.rejected",
          "rows",
          "Rows that could not become a payment, by the reason.",
          new Tag("reason", Arrays.stream(Reason.values()).map(Reason::code).toList()))),
  /** Payments read before. */
  DUPLICATES(
      Declaration.counter(
          "ingest.duplicates", "rows", "Payments read before, dropped: same id, same content.")),
  /** Rows left out. */
  SKIPPED(Declaration.counter("ingest.skipped", "rows", "Rows that the profile leaves out.")),
  /** How far the feed is. */
  EVENT_TIME(
      Declaration.gauge(
          "ingest.event.time.seconds",
          "seconds since 1970, UTC",
          "Time of the newest payment read; no number before the first."));

  private final Declaration declared;

  IngestMetric(Declaration declared) {
    this.declared = declared;
  }

  @Override
  public Declaration declared() {
    return declared;
  }
}
