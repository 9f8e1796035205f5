package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stability.HourCounts;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stability.StabilityPanel;
import dev.tidegate.retrain.stability.StabilityReading;
import dev.tidegate.retrain.stream.StateVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Hours of all partitions, added up and judged when they have ended. An hour has ended once all
 * partitions have gone past it, or any is {@value #MOST_BEHIND} hours past it, so that one that
 * fell silent holds nothing up: what is missing then is a share of all payments, spread by the hash
 * of their payers, and shares are what is compared. Counts that come later are passed over.
 * Mutable; not thread safe.
 */
final class HourPanel {
  static final int MOST_BEHIND = 24;

  private static final byte VERSION = 1;

  private final StabilityTopology.Watched watched;
  private final StabilityPanel panel;
  private final SortedMap<Long, HourCounts> open = new TreeMap<>();
  private final SortedMap<Integer, Long> newest = new TreeMap<>();
  private BitSet standingOut = new BitSet();
  private long judged = Long.MIN_VALUE;

  HourPanel(StabilityTopology.Watched watched) {
    this.watched = watched;
    panel = watched.panel();
  }

  /**
   * An hour that has ended.
   *
   * @param hour as {@link HourOfWeek#index} counts them
   * @param rows of all partitions
   * @param features readings of all; none if the hour was not judged
   * @param notable those that stand out, and those that did in the hour judged before
   */
  record Ended(
      long hour, long rows, List<StabilityReading> features, List<StabilityReading> notable) {}

  /**
   * Takes counts of a partition.
   *
   * @param reached hour that the partition has come to; theirs or a later one
   * @param compares whether an hour, by its first moment, is to be judged
   * @return hours that have ended by it, the earliest first
   */
  List<Ended> add(int partition, long reached, HourCounts counts, LongPredicate compares) {
    newest.merge(partition, reached, Math::max);
    if (counts.hour() > judged) {
      open.computeIfAbsent(counts.hour(), hour -> new HourCounts(hour, watched.all())).add(counts);
    }
    boolean heardOfAll = newest.size() >= watched.how().partitions();
    long all = newest.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    long any = newest.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    long before = heardOfAll ? Math.max(all, any - MOST_BEHIND) : any - MOST_BEHIND;
    List<Ended> ended = new ArrayList<>();
    while (!open.isEmpty() && open.firstKey() < before) {
      HourCounts hour = open.remove(open.firstKey());
      judged = hour.hour();
      ended.add(end(hour, compares.test(hour.hour() * HourOfWeek.HOUR_MS)));
    }
    return ended;
  }

  private Ended end(HourCounts hour, boolean compares) {
    List<StabilityReading> readings = compares ? panel.judge(hour) : List.of();
    List<StabilityReading> notable = new ArrayList<>();
    for (int f = 0; f < readings.size(); f++) {
      boolean stands = readings.get(f).streak() > 0;
      if (stands || standingOut.get(f)) {
        notable.add(readings.get(f));
      }
      standingOut.set(f, stands);
    }
    return new Ended(hour.hour(), hour.rows(), readings, notable);
  }

  byte[] bytes() {
    byte[] out = standingOut.toByteArray();
    int size = 1 + Long.BYTES + 3 * Integer.BYTES + out.length + panel.byteSize();
    size += newest.size() * (Integer.BYTES + Long.BYTES);
    size += open.values().stream().mapToInt(HourCounts::byteSize).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).put(VERSION).putLong(judged);
    bytes.putInt(out.length).put(out).putInt(newest.size());
    for (Map.Entry<Integer, Long> of : newest.entrySet()) {
      bytes.putInt(of.getKey()).putLong(of.getValue());
    }
    bytes.putInt(open.size());
    open.values().forEach(hour -> hour.write(bytes));
    panel.write(bytes);
    return bytes.array();
  }

  void restore(byte[] bytes) {
    ByteBuffer in = StateVersion.expect(VERSION, bytes, "hours of features");
    judged = in.getLong();
    byte[] out = new byte[in.getInt()];
    in.get(out);
    standingOut = BitSet.valueOf(out);
    int partitions = in.getInt();
    for (int i = 0; i < partitions; i++) {
      newest.put(in.getInt(), in.getLong());
    }
    int hours = in.getInt();
    for (int i = 0; i < hours; i++) {
      HourCounts hour = HourCounts.read(in, watched.all());
      open.put(hour.hour(), hour);
    }
    panel.restore(in);
  }
}
