package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.RateDetector;
import dev.tidegate.retrain.quality.VolumeMonitor;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Minutes of all partitions added up and judged once all have gone past them (a day later where one
 * was never heard of), and the share of inputs that were rejected. Mutable; not thread safe.
 */
final class VolumeWatch {
  static final String VOLUME = "volume";
  static final String PARSE = "quality-parse";
  static final String RECORD = "record";

  private static final byte VERSION = 1;
  private static final long MINUTE_MS = VolumeTopology.INTERVAL.toMillis();
  private static final long MOST_BEHIND = 24 * 60;
  private static final long HOUR_MINUTES = HourOfWeek.HOUR_MS / MINUTE_MS;

  private final VolumeMonitor volume;
  private final RateDetector parse;
  private final int partitions;
  private final SortedMap<Integer, Long> past = new TreeMap<>();
  private final SortedMap<Long, Long> waiting = new TreeMap<>();
  private long judged = Long.MIN_VALUE;
  private long hourPayments;
  private long inputs;
  private long toldMs = Long.MIN_VALUE;

  VolumeWatch(VolumeTopology.Watched watched) {
    volume = new VolumeMonitor(MINUTE_MS, watched.learning(), watched.minuteRunLength());
    parse = RateDetector.ofFaults(watched.learning(), watched.inputRunLength());
    partitions = watched.partitions();
  }

  void take(MinuteCount minute, Consumer<DriftReading> readings) {
    if (minute.rejected()) {
      input(true, readings);
      return;
    }
    for (long i = 0; i < minute.payments(); i++) {
      input(false, readings);
    }
    past.merge(minute.partition(), minute.minute(), Math::max);
    if (minute.minute() > judged) {
      waiting.merge(minute.minute(), minute.payments(), Long::sum);
    }
    long all = gonePast();
    while (!waiting.isEmpty() && waiting.firstKey() <= all) {
      long next = waiting.firstKey();
      judge(next, waiting.remove(next), readings);
    }
  }

  /** The minute that all partitions have gone past, or any by a day while not all were heard of. */
  private long gonePast() {
    long any = past.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    long all = past.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    return past.size() < partitions ? any - MOST_BEHIND : all;
  }

  private void input(boolean rejected, Consumer<DriftReading> readings) {
    inputs++;
    RateDetector.Alarm alarm = parse.observe(rejected);
    if (alarm != null) {
      readings.accept(
          new DriftReading(
              PARSE,
              RECORD,
              minuteOfAlarm(),
              DriftReading.Value.of(alarm.statistic(), alarm.threshold(), true)));
      inputs = 0;
    }
  }

  /**
   * The minute at hand, as payments tell it: a rejected input has no time. A second alarm within it
   * begins a millisecond later, since readings of one window are one reading.
   */
  private DriftReading.Window minuteOfAlarm() {
    long heard = past.values().stream().mapToLong(Long::longValue).max().orElse(0);
    long startMs = Math.max(Math.max(heard, judged) * MINUTE_MS, toldMs + 1);
    long endMs = Math.max(startMs, Math.floorDiv(startMs, MINUTE_MS) * MINUTE_MS + MINUTE_MS - 1);
    toldMs = startMs;
    return new DriftReading.Window(startMs, endMs, inputs, 0);
  }

  private void judge(long minute, long payments, Consumer<DriftReading> readings) {
    long startMs = minute * MINUTE_MS;
    if (judged != Long.MIN_VALUE && hour(minute) != hour(judged)) {
      stand(readings);
      hourPayments = 0;
    }
    hourPayments += payments;
    judged = minute;
    volume.count(startMs, payments, alarm -> tell(alarm, readings));
    volume.advance(startMs + MINUTE_MS, alarm -> tell(alarm, readings));
  }

  private static long hour(long minute) {
    return Math.floorDiv(minute, HOUR_MINUTES);
  }

  private static void tell(VolumeMonitor.VolumeAlarm alarm, Consumer<DriftReading> readings) {
    readings.accept(
        new DriftReading(
            VOLUME,
            subject(alarm.direction()),
            new DriftReading.Window(
                alarm.intervalStartMs(), alarm.intervalStartMs() + MINUTE_MS - 1, alarm.count(), 0),
            DriftReading.Value.of(alarm.change().statistic(), alarm.change().threshold(), true)));
  }

  private static String subject(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  /** How both directions stand at the end of an hour. */
  private void stand(Consumer<DriftReading> readings) {
    long startMs = hour(judged) * HourOfWeek.HOUR_MS;
    boolean judges = !Double.isNaN(volume.usual(HourOfWeek.of(startMs)));
    for (Direction direction : Direction.values()) {
      double threshold = volume.threshold(direction);
      readings.accept(
          new DriftReading(
              VOLUME,
              subject(direction),
              new DriftReading.Window(startMs, startMs + HourOfWeek.HOUR_MS - 1, hourPayments, 0),
              judges && volume.known() == 1
                  ? DriftReading.Value.of(volume.statistic(direction), threshold, false)
                  : DriftReading.Value.filling(threshold, Math.min(0.99, volume.known()))));
    }
  }

  byte[] bytes() {
    int longs = 5 + 2 * waiting.size();
    ByteBuffer out =
        ByteBuffer.allocate(
            1
                + 2 * Integer.BYTES
                + past.size() * (Integer.BYTES + Long.BYTES)
                + longs * Long.BYTES
                + volume.byteSize()
                + parse.byteSize());
    out.put(VERSION).putLong(judged).putLong(hourPayments).putLong(inputs);
    out.putInt(past.size());
    for (Map.Entry<Integer, Long> of : past.entrySet()) {
      out.putInt(of.getKey()).putLong(of.getValue());
    }
    out.putInt(waiting.size());
    for (Map.Entry<Long, Long> of : waiting.entrySet()) {
      out.putLong(of.getKey()).putLong(of.getValue());
    }
    volume.write(out);
    parse.write(out);
    out.putLong(toldMs);
    return Arrays.copyOf(out.array(), out.position());
  }

  static VolumeWatch of(VolumeTopology.Watched watched, byte @Nullable [] bytes) {
    VolumeWatch watch = new VolumeWatch(watched);
    if (bytes != null) {
      watch.restore(StateVersion.expect(VERSION, bytes, "watch of volume"));
    }
    return watch;
  }

  private void restore(ByteBuffer in) {
    judged = in.getLong();
    hourPayments = in.getLong();
    inputs = in.getLong();
    int partitions = in.getInt();
    for (int i = 0; i < partitions; i++) {
      past.put(in.getInt(), in.getLong());
    }
    int minutes = in.getInt();
    for (int i = 0; i < minutes; i++) {
      waiting.put(in.getLong(), in.getLong());
    }
    volume.restore(in);
    parse.restore(in);
    if (in.remaining() >= Long.BYTES) { // a program before did not write it
      toldMs = in.getLong();
    }
  }
}
