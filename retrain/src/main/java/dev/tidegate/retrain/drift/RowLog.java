package dev.tidegate.retrain.drift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What came since a state was last written whole, a row an event.
 *
 * <p>To write a state of kilobytes with each event costs more than all that is done with it. So it
 * is written whole once in a while, and between that only rows are, from which it is made again
 * after a restart: rows, states and offsets are committed together. Rows lie in a ring of keys and
 * are numbered on and on; those up to the number that the state has taken in are old and are
 * overwritten in time, so that nothing needs to be deleted. Mutable; not thread safe.
 *
 * @param <K> keys of the store that they lie in
 */
final class RowLog<K> {
  /** Rows that are enough: a state of ten kilobytes then costs less than forty bytes an event. */
  static final int ENOUGH = 256;

  private static final String PREFIX = "row-";

  private final Function<K, byte @Nullable []> get;
  private final BiConsumer<K, byte[]> put;
  private final List<K> keys = new ArrayList<>();
  private final K takenKey;
  private final K beyond;
  private long number;
  private long taken;

  /**
   * A log in a store, as it was left.
   *
   * @param get of the store; null for a key that is not there
   * @param put of the store
   * @param key of a text, which begins with {@code name}
   * @param name of the log; one for each release whose rows must not be mistaken for another's
   * @param rows until the state has to be written whole
   */
  RowLog(
      Function<K, byte @Nullable []> get,
      BiConsumer<K, byte[]> put,
      Function<String, K> key,
      String name,
      int rows) {
    this.get = get;
    this.put = put;
    takenKey = key.apply(name + "-taken");
    for (int row = 0; row < rows; row++) {
      keys.add(key.apply(name + "-" + row));
    }
    beyond = key.apply(name + "-" + rows);
    byte[] kept = get.apply(takenKey);
    taken = kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
    number = taken;
  }

  /** A log of a release in a store whose keys are bytes. */
  static RowLog<Bytes> inBytes(
      Function<Bytes, byte @Nullable []> get,
      BiConsumer<Bytes, byte[]> put,
      String release,
      int rows) {
    return new RowLog<>(
        get, put, text -> Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)), name(release), rows);
  }

  /** Whether a key is of some log, as {@link #name} calls them. */
  static boolean isOfOne(String key) {
    return key.startsWith(PREFIX);
  }

  /** Name of a log of a release. */
  static String name(String release) {
    return PREFIX + Long.toHexString(ReleaseMark.of(release));
  }

  /** Whether a key of the store is one of this log's. */
  boolean holds(K key) {
    return key.equals(takenKey) || keys.contains(key);
  }

  /**
   * Rows that the state has not taken in, in their order; to be asked before any is added.
   *
   * @throws IllegalStateException if they were kept in a ring of another size
   */
  List<ByteBuffer> open() {
    TreeMap<Long, ByteBuffer> rows = new TreeMap<>();
    for (int place = 0; place < keys.size(); place++) {
      byte[] kept = get.apply(keys.get(place));
      if (kept != null) {
        ByteBuffer row = ByteBuffer.wrap(kept);
        long at = row.getLong();
        if (at > taken) {
          check(at % keys.size() == place);
          rows.put(at, row.slice());
        }
      }
    }
    number = taken + rows.size();
    check(get.apply(beyond) == null);
    check(rows.isEmpty() || (rows.firstKey() == taken + 1 && rows.lastKey() == number));
    return List.copyOf(rows.values());
  }

  private void check(boolean whole) {
    if (!whole) {
      throw new IllegalStateException(
          "rows of a monitor were not kept in a ring of "
              + keys.size()
              + "; its size is part of the state's format");
    }
  }

  /**
   * Keeps a row.
   *
   * @return true once there is room for no more: the state is to be written whole, and {@link
   *     #taken()} told, before another is added
   */
  boolean add(byte[] row) {
    number++;
    put.accept(
        keys.get((int) (number % keys.size())),
        ByteBuffer.allocate(Long.BYTES + row.length).putLong(number).put(row).array());
    return number - taken >= keys.size();
  }

  /** Rows that the state has not taken in. */
  int size() {
    return (int) (number - taken);
  }

  /** The state has been written with all rows in it, or nobody needs them any more. */
  void taken() {
    if (taken != number) {
      taken = number;
      put.accept(takenKey, ByteBuffer.allocate(Long.BYTES).putLong(taken).array());
    }
  }
}
