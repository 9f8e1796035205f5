package dev.tidegate.console;

import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Control events of a made-up week: monitors, two releases on trial, training runs. */
public final class SampleControl {
  public static final String SUM = "ab".repeat(32);
  private static final long HOUR = 3_600_000;

  private final AuditChain chain = new AuditChain();
  private final long now;

  /** Up to a moment. */
  public SampleControl(long now) {
    this.now = now;
  }

  /** Readings of four monitors, hour by hour, of which two rise at the end. */
  public List<DriftMeasurement> readings(int hours) {
    Random random = new Random(5);
    List<DriftMeasurement> readings = new ArrayList<>();
    double rise = 1;
    double concept = 1;
    for (int hour = 0; hour < hours; hour++) {
      boolean late = hour > hours * 3 / 4;
      long end = now - (hours - hour) * HOUR;
      double psi = 0.004 + 0.004 * random.nextDouble() + (late ? 0.02 : 0);
      readings.add(reading("score-psi", "score", end, psi, 0.0185));
      rise = Math.max(0.02, rise * (0.4 + 1.1 * random.nextDouble()));
      readings.add(reading("alert-rate", "rise", end, rise, 25_000));
      readings.add(reading("alert-rate", "fall", end, 1 + random.nextDouble(), 25_000));
      concept = late ? concept * 3.1 : Math.max(0.1, concept * (0.5 + random.nextDouble()));
      readings.add(reading("concept-calibration", "matured-labels", end, concept, 25_000));
    }
    readings.add(reading("quality-unseen", "merchant_category", now - HOUR, 31_000, 25_000));
    return readings;
  }

  /** One reading over the hour before its end. */
  public static DriftMeasurement reading(
      String monitor, String subject, long endMs, double statistic, double threshold) {
    return DriftMeasurement.newBuilder()
        .setMeasurementId(monitor + ":" + subject + ":" + endMs)
        .setMonitor(monitor)
        .setSubject(subject)
        .setRelease("payments-sim-0004")
        .setWindowStartMs(endMs - HOUR)
        .setWindowEndMs(endMs)
        .setSamples(10_000)
        .setReferenceSamples(114_199)
        .setStatistic(statistic)
        .setThreshold(threshold)
        .setPValue(Double.NaN)
        .setDrifted(statistic >= threshold)
        .build();
  }

  /** A step of a release. */
  public ModelRelease step(
      String release, ReleaseAction action, String uri, String sum, String by) {
    return ModelRelease.newBuilder()
        .setRelease(release)
        .setModel("payments-sim")
        .setAction(action)
        .setUri(uri)
        .setManifestSha256(sum)
        .setFeatureDigest("f")
        .setCanaryPercent(action == ReleaseAction.CANARY ? 5 : null)
        .setBy(by)
        .setAtMs(now - HOUR)
        .build();
  }

  /** The next action on the audit. */
  public synchronized AuditEvent action(String by, String action, String release, String to) {
    AuditEvent event =
        chain.next(new AuditChain.Action(by, action, release, null, to), now - HOUR / 2);
    String fault = chain.take(event);
    if (fault != null) {
      throw new IllegalStateException(fault);
    }
    return event;
  }

  /** A training run. */
  public RetrainRun run(String id, RunState state, long agoMs, String detail, String release) {
    return RetrainRun.newBuilder()
        .setRunId(id)
        .setRequestId("request-" + id)
        .setState(state)
        .setAtMs(now - agoMs)
        .setDetail(detail)
        .setRelease(release)
        .setModel("payments-sim")
        .setCause("concept-drift")
        .setRequestedAtMs(now - agoMs - HOUR)
        .build();
  }
}
