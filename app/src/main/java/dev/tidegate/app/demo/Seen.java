package dev.tidegate.app.demo;

import dev.tidegate.app.topics.TopicsReader;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the topics of a platform have said so far, as an outsider reads them. Thread safe. */
final class Seen implements AutoCloseable {
  private static final int DAYS = 4_000;

  private final DriftPlan plan;
  private final TopicsReader reader;
  private final List<DriftMeasurement> readings = new ArrayList<>();
  private final List<RetrainRequest> requests = new ArrayList<>();
  private final List<RetrainRun> runs = new ArrayList<>();
  private final List<ModelRelease> steps = new ArrayList<>();
  private final List<AuditEvent> audit = new ArrayList<>();
  private final int[] byDay = new int[DAYS];
  private long decisions;
  private long alerts;
  private long newestMs = Long.MIN_VALUE;
  private long outcomesMs = Long.MIN_VALUE;
  private String lastRelease = "";
  private long inARow;

  Seen(DriftPlan plan, String kafka, SchemaRegistry registry) {
    this.plan = plan;
    reader =
        TopicsReader.fromBeginning(
            kafka,
            new TopicsReader.Takers(registry)
                .on(Topics.DRIFT, DriftMeasurement.class, this::measured)
                .on(Topics.RETRAIN_REQUESTS, RetrainRequest.class, one -> add(requests, one))
                .on(Topics.RETRAIN_RUNS, RetrainRun.class, one -> add(runs, one))
                .on(Topics.MODELS, ModelRelease.class, one -> add(steps, one))
                .on(Topics.AUDIT, AuditEvent.class, one -> add(audit, one))
                .on(Topics.DECISIONS, Decision.class, this::decided));
  }

  private synchronized <T> void add(List<T> to, T one) {
    to.add(one);
  }

  private synchronized void measured(DriftMeasurement reading) {
    readings.add(reading);
    if (reading.getMonitor().equals(DriftSteps.CONCEPT)) {
      outcomesMs = Math.max(outcomesMs, reading.getWindowEndMs());
    }
  }

  private synchronized void decided(Decision decision) {
    decisions++;
    alerts += decision.getOutcome() == Outcome.APPROVE ? 0 : 1;
    newestMs = Math.max(newestMs, decision.getEventTimeMs());
    int day = (int) plan.day(decision.getEventTimeMs());
    if (day >= 0 && day < DAYS) {
      byDay[day]++;
    }
    inARow = decision.getRelease().equals(lastRelease) ? inARow + 1 : 1;
    lastRelease = decision.getRelease();
  }

  /** Readings such as asked for, in their order. */
  synchronized List<DriftMeasurement> readings(Predicate<DriftMeasurement> such) {
    return readings.stream().filter(such).toList();
  }

  /** The first request such as asked for. */
  synchronized @Nullable RetrainRequest request(Predicate<RetrainRequest> such) {
    return requests.stream().filter(such).findFirst().orElse(null);
  }

  /** The newest state of a request's run. */
  synchronized @Nullable RetrainRun run(String requestId) {
    return runs.stream()
        .filter(run -> run.getRequestId().equals(requestId))
        .reduce((first, second) -> second)
        .orElse(null);
  }

  /** The first audited action such as asked for. */
  synchronized @Nullable AuditEvent action(Predicate<AuditEvent> such) {
    return audit.stream().filter(such).findFirst().orElse(null);
  }

  synchronized List<AuditEvent> audit() {
    return List.copyOf(audit);
  }

  /** Payments decided of whole days. */
  synchronized double perDay(int from, int until) {
    int sum = 0;
    for (int day = from; day < until; day++) {
      sum += byDay[day];
    }
    return (double) sum / (until - from);
  }

  /** How far decisions are ahead of the outcomes that the concept monitor has read. */
  synchronized long leadMs() {
    long readMs = Math.max(outcomesMs, plan.dayMs(0));
    return Math.max(newestMs, readMs) - readMs;
  }

  synchronized long decisions() {
    return decisions;
  }

  synchronized long alerts() {
    return alerts;
  }

  /** Event time of the newest decision; the least long before the first. */
  synchronized long newestMs() {
    return newestMs;
  }

  /** How many of the newest decisions, without a break, are of a release. */
  synchronized long inARow(String release) {
    return lastRelease.equals(release) ? inARow : 0;
  }

  /** What stopped the reading; null while all is well. */
  @Nullable RuntimeException failure() {
    return reader.failure();
  }

  @Override
  public void close() {
    reader.close();
  }
}
