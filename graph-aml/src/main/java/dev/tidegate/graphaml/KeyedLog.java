package dev.tidegate.graphaml;

import dev.tidegate.graphaml.log.LogStore;
import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.EdgeBytes;
import dev.tidegate.graphaml.pattern.EpisodeStore;
import dev.tidegate.graphaml.pattern.Ledger;
import dev.tidegate.graphaml.temporal.Hop;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * What the graph and its patterns keep in Flink's backend, under the key that is set when it is
 * used: the log, for each payment of it what evidence needs, and the open episodes.
 */
record KeyedLog(
    ValueState<long[]> headers,
    MapState<Long, byte[]> chunks,
    MapState<Long, long[]> memory,
    MapState<Long, byte[]> payments,
    MapState<String, byte[]> episodes)
    implements LogStore, EpisodeStore, Ledger {

  static KeyedLog of(KeyedStateStore states) {
    var longs = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    return new KeyedLog(
        states.getState(new ValueStateDescriptor<>("graph-header", longs)),
        states.getMapState(new MapStateDescriptor<>("graph-log", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-accounts", Types.LONG, longs)),
        states.getMapState(new MapStateDescriptor<>("graph-payments", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-episodes", Types.STRING, bytes)));
  }

  @Override
  public long @Nullable [] header() {
    return read(headers::value);
  }

  @Override
  public void putHeader(long[] header) {
    write(() -> headers.update(header));
  }

  @Override
  public byte[] chunk(long number) {
    byte[] chunk = read(() -> chunks.get(number));
    if (chunk == null) {
      throw new IllegalStateException("the graph's log has no chunk " + number + ": it is damaged");
    }
    return chunk;
  }

  @Override
  public void putChunk(long number, byte[] chunk) {
    write(() -> chunks.put(number, chunk));
  }

  @Override
  public void removeChunk(long number) {
    write(() -> chunks.remove(number));
  }

  @Override
  public void accounts(AccountReader reader) {
    write(
        () -> {
          for (Map.Entry<Long, long[]> entry : memory.entries()) {
            reader.account(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
          }
        });
  }

  @Override
  public long @Nullable [] account(long account) {
    return read(() -> memory.get(account));
  }

  @Override
  public void putAccount(long account, long firstMs, long lastMs) {
    write(() -> memory.put(account, new long[] {firstMs, lastMs}));
  }

  @Override
  public void removeAccount(long account) {
    write(() -> memory.remove(account));
  }

  @Override
  public void gone(long payment) {
    write(() -> payments.remove(payment));
  }

  /** Keeps what evidence needs of a payment until it leaves the log. */
  void keep(Edge edge) {
    write(() -> payments.put(edge.hop().payment(), EdgeBytes.bytes(edge)));
  }

  @Override
  public Edge edge(Hop hop) {
    byte[] known = read(() -> payments.get(hop.payment()));
    if (known == null) {
      throw new IllegalStateException(
          "the graph's state lacks a payment of its log: it is damaged");
    }
    return EdgeBytes.read(known);
  }

  @Override
  public void each(Consumer<byte[]> reader) {
    write(
        () -> {
          for (byte[] episode : episodes.values()) {
            reader.accept(episode);
          }
        });
  }

  @Override
  public void put(String id, byte[] episode) {
    write(() -> episodes.put(id, episode));
  }

  @Override
  public void remove(String id) {
    write(() -> episodes.remove(id));
  }

  private static <T> @Nullable T read(Callable<@Nullable T> read) {
    try {
      return read.call();
    } catch (Exception e) {
      throw new IllegalStateException("the graph's state cannot be read", e);
    }
  }

  private static void write(ThrowingRunnable<Exception> write) {
    try {
      write.run();
    } catch (Exception e) {
      throw new IllegalStateException("the graph's state cannot be written", e);
    }
  }
}
