package dev.tidegate.retrain.quality;

import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.RateDetector;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many records come, an interval at a time, against the same hour of the week before.
 *
 * <p>Counts have no bound and rarely are Poisson, so they are not tested themselves. What is
 * watched is how often an interval has less than half, or more than twice, of what the same hour
 * brought on average in the four weeks before. How often that happens by itself is learned, however
 * ragged the stream; {@link RateDetector} says when it happens more often. Hours without a past are
 * not judged. An interval of silence counts as one: the caller moves time on.
 *
 * <p>O(1) an interval. Mutable; not thread safe.
 */
public final class VolumeMonitor {
  private static final byte VERSION = 1;
  private static final int WEEKS = 4;
  private static final double LITTLE = 0.5;
  private static final double MUCH = 2;

  // configuration
  private final long intervalMs;

  // state
  private final double[][] past = new double[HourOfWeek.HOURS][WEEKS];
  private final int[] weeks = new int[HourOfWeek.HOURS];
  private final RateDetector little;
  private final RateDetector much;
  private long interval = Long.MIN_VALUE;
  private long count;
  private double hourSum;
  private int hourIntervals;

  /**
   * A monitor.
   *
   * @param intervalMs divides an hour
   * @param runLength average number of intervals to a false alarm promised of each direction
   */
  public VolumeMonitor(long intervalMs, Learning learning, double runLength) {
    if (intervalMs < 1 || HourOfWeek.HOUR_MS % intervalMs != 0) {
      throw new IllegalArgumentException(
          "an interval must divide an hour, not last " + intervalMs + " ms");
    }
    this.intervalMs = intervalMs;
    little = RateDetector.ofFaults(learning, runLength);
    much = RateDetector.ofFaults(learning, runLength);
  }

  /** Counts a record; one of an interval that has ended counts in the one at hand. */
  public void count(long eventTimeMs, Consumer<VolumeAlarm> alarms) {
    count(eventTimeMs, 1, alarms);
  }

  /** Counts records of one interval. */
  public void count(long eventTimeMs, long records, Consumer<VolumeAlarm> alarms) {
    advance(eventTimeMs, alarms);
    count += records;
  }

  /** Share of the hours of the week of which a past is known: the others are not judged. */
  public double known() {
    return (double) Arrays.stream(weeks).filter(of -> of > 0).count() / weeks.length;
  }

  /** How a direction stands: FALL for too little, RISE for too much. */
  public double statistic(Direction direction) {
    return detector(direction).statistic(Direction.RISE);
  }

  /** What its statistic must reach. */
  public double threshold(Direction direction) {
    return detector(direction).threshold(Direction.RISE);
  }

  private RateDetector detector(Direction direction) {
    return direction == Direction.FALL ? little : much;
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return 1
        + past.length * (WEEKS * Double.BYTES + Integer.BYTES)
        + 2 * Long.BYTES
        + Double.BYTES
        + Integer.BYTES
        + little.byteSize()
        + much.byteSize();
  }

  /** Writes what was learned and counted; settings are not in it. */
  public void write(ByteBuffer out) {
    out.put(VERSION);
    for (int hour = 0; hour < past.length; hour++) {
      for (double of : past[hour]) {
        out.putDouble(of);
      }
      out.putInt(weeks[hour]);
    }
    out.putLong(interval).putLong(count).putDouble(hourSum).putInt(hourIntervals);
    little.write(out);
    much.write(out);
  }

  /** Goes on from what was written with the same interval. */
  public void restore(ByteBuffer in) {
    StateVersion.expect(VERSION, in, "volume");
    for (int hour = 0; hour < past.length; hour++) {
      for (int week = 0; week < WEEKS; week++) {
        past[hour][week] = in.getDouble();
      }
      weeks[hour] = in.getInt();
    }
    interval = in.getLong();
    count = in.getLong();
    hourSum = in.getDouble();
    hourIntervals = in.getInt();
    little.restore(in);
    much.restore(in);
  }

  /** Moves time on: ends intervals that lie before it. */
  public void advance(long nowMs, Consumer<VolumeAlarm> alarms) {
    long at = Math.floorDiv(nowMs, intervalMs);
    if (interval == Long.MIN_VALUE) {
      interval = at;
    }
    while (interval < at) {
      end(alarms);
      interval++;
      count = 0;
    }
  }

  private void end(Consumer<VolumeAlarm> alarms) {
    long startMs = interval * intervalMs;
    int hour = HourOfWeek.of(startMs);
    double usual = usual(hour);
    if (!Double.isNaN(usual)) {
      tell(Direction.FALL, startMs, usual, little.observe(count < LITTLE * usual), alarms);
      tell(Direction.RISE, startMs, usual, much.observe(count > MUCH * usual), alarms);
    }
    hourSum += count;
    hourIntervals++;
    if (HourOfWeek.index(startMs + intervalMs) != HourOfWeek.index(startMs)) {
      past[hour][weeks[hour] % WEEKS] = hourSum / hourIntervals;
      weeks[hour]++;
      hourSum = 0;
      hourIntervals = 0;
    }
  }

  private void tell(
      Direction direction,
      long startMs,
      double usual,
      RateDetector.@Nullable Alarm change,
      Consumer<VolumeAlarm> alarms) {
    if (change != null) {
      alarms.accept(new VolumeAlarm(direction, startMs, count, usual, change));
    }
  }

  /** Mean count of an interval in an hour of the week before; NaN without a past. */
  public double usual(int hourOfWeek) {
    int known = Math.min(weeks[hourOfWeek], WEEKS);
    return Arrays.stream(past[hourOfWeek], 0, known).average().orElse(Double.NaN);
  }

  /**
   * A volume that is not the usual one.
   *
   * @param direction FALL for too little, RISE for too much
   * @param intervalStartMs when the interval began that completed the evidence
   * @param count its records
   * @param usual records it would usually have
   * @param change the e-detector's evidence
   */
  public record VolumeAlarm(
      Direction direction,
      long intervalStartMs,
      long count,
      double usual,
      RateDetector.Alarm change) {}
}
