package dev.tidegate.retrain.request;

import dev.tidegate.retrain.stream.StateVersion;
import dev.tidegate.schemas.event.DriftMeasurement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Readings of one model's monitors to causes to train, at most one a cooldown.
 *
 * <p>An alarm of a concept monitor is confirmed by itself: its threshold is a promise of how rarely
 * it errs. A drifted score or feature is a cause once it was called so in several readings in a row
 * over enough observations: payments that only look different need no new model. Alarms about data
 * quality, volume or alert rate are none: a model trained on broken data would be worse. What comes
 * within the cooldown raises nothing; drift that lasts raises a cause after it. Mutable; not thread
 * safe.
 */
final class CauseWatch {
  private static final byte VERSION = 1;
  private static final long NEVER = Long.MIN_VALUE;
  private static final Set<String> CONCEPT = Set.of("concept-calibration", "alert-precision");
  private static final Set<String> SHIFT = Set.of("score-psi", "feature-psi");

  private final RequestPolicy policy;
  private final Map<String, Streak> streaks = new TreeMap<>();
  private long lastCauseMs = NEVER;
  private long period = NEVER;

  CauseWatch(RequestPolicy policy) {
    this.policy = policy;
  }

  /** Drifted readings in a row of one subject. */
  private record Streak(int readings, long samples, long sinceMs) {}

  /**
   * Takes a reading.
   *
   * @param atMs wall clock of the reading
   * @return a cause; null if there is none, or the last one is too fresh
   */
  @Nullable Cause observe(DriftMeasurement reading, long atMs) {
    Cause cause = cause(reading);
    return cause == null || cooling(atMs) ? null : raise(cause, atMs);
  }

  private @Nullable Cause cause(DriftMeasurement reading) {
    if (CONCEPT.contains(reading.getMonitor())) {
      return reading.getDrifted()
          ? Cause.reading(
              Cause.CONCEPT, reading, reading.getWindowStartMs(), sentence(reading, "alarmed"))
          : null;
    }
    return SHIFT.contains(reading.getMonitor()) ? shift(reading) : null;
  }

  private @Nullable Cause shift(DriftMeasurement reading) {
    String subject = reading.getMonitor() + ":" + reading.getSubject();
    if (!reading.getDrifted()) {
      streaks.remove(subject);
      return null;
    }
    Streak before = streaks.getOrDefault(subject, new Streak(0, 0, reading.getWindowStartMs()));
    Streak streak =
        new Streak(before.readings + 1, before.samples + reading.getSamples(), before.sinceMs);
    streaks.put(subject, streak);
    if (streak.readings < policy.persistence() || streak.samples < policy.volume()) {
      return null;
    }
    String text =
        String.format(
            Locale.ROOT,
            "called drift %d times in a row over %d observations",
            streak.readings,
            streak.samples);
    return Cause.reading(Cause.FEATURE, reading, streak.sinceMs, sentence(reading, text));
  }

  private static String sentence(DriftMeasurement reading, String what) {
    return String.format(
        Locale.ROOT,
        "%s of %s %s: %.4g, threshold %.4g.",
        reading.getMonitor(),
        reading.getSubject(),
        what,
        reading.getStatistic(),
        reading.getThreshold());
  }

  /**
   * Time goes on; the first call only notes which period it is.
   *
   * @return a cause at the first call in a new period of the schedule, if none is too fresh
   */
  @Nullable Cause tick(long nowMs) {
    if (policy.schedule().isZero()) {
      return null;
    }
    long now = Math.floorDiv(nowMs, policy.schedule().toMillis());
    boolean turned = period != NEVER && now > period;
    period = Math.max(period, now);
    return turned && !cooling(nowMs)
        ? raise(Cause.scheduled(now, policy.schedule().toString()), nowMs)
        : null;
  }

  private boolean cooling(long atMs) {
    return lastCauseMs != NEVER && atMs - lastCauseMs < policy.cooldown().toMillis();
  }

  private Cause raise(Cause cause, long atMs) {
    lastCauseMs = atMs;
    return cause;
  }

  /** Another release is in charge: what was said of the last one does not count. */
  void begin() {
    streaks.clear();
  }

  byte[] bytes() {
    int size = 1 + 2 * Long.BYTES + Integer.BYTES;
    for (String name : streaks.keySet()) {
      size += 2 * Integer.BYTES + 2 * Long.BYTES + bytes(name).length;
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putLong(lastCauseMs).putLong(period);
    out.putInt(streaks.size());
    streaks.forEach(
        (name, streak) ->
            out.putInt(bytes(name).length)
                .put(bytes(name))
                .putInt(streak.readings)
                .putLong(streak.samples)
                .putLong(streak.sinceMs));
    return out.array();
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  void restore(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "watch for causes");
    lastCauseMs = in.getLong();
    period = in.getLong();
    streaks.clear();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      streaks.put(
          new String(name, StandardCharsets.UTF_8),
          new Streak(in.getInt(), in.getLong(), in.getLong()));
    }
  }
}
