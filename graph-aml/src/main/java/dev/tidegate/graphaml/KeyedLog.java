package dev.tidegate.graphaml;

import dev.tidegate.graphaml.log.LogStore;
import java.util.Map;
import java.util.concurrent.Callable;
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
 * The log of a graph in Flink's backend, under the key that is set when it is used.
 *
 * @param headers where the log begins and ends
 * @param chunks payments, by the number of their chunk
 * @param memory first and last times of accounts whose payments have left
 */
public record KeyedLog(
    ValueState<long[]> headers, MapState<Long, byte[]> chunks, MapState<Long, long[]> memory)
    implements LogStore {

  /** In a task's keyed state. */
  public static KeyedLog of(KeyedStateStore states) {
    var longs = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    return new KeyedLog(
        states.getState(new ValueStateDescriptor<>("graph-header", longs)),
        states.getMapState(new MapStateDescriptor<>("graph-log", Types.LONG, bytes)),
        states.getMapState(new MapStateDescriptor<>("graph-accounts", Types.LONG, longs)));
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
  public void putAccount(long account, long firstMs, long lastMs) {
    write(() -> memory.put(account, new long[] {firstMs, lastMs}));
  }

  @Override
  public void removeAccount(long account) {
    write(() -> memory.remove(account));
  }

  static <T> @Nullable T read(Callable<@Nullable T> read) {
    try {
      return read.call();
    } catch (Exception e) {
      throw new IllegalStateException("the graph's state cannot be read", e);
    }
  }

  static void write(ThrowingRunnable<Exception> write) {
    try {
      write.run();
    } catch (Exception e) {
      throw new IllegalStateException("the graph's state cannot be written", e);
    }
  }
}
