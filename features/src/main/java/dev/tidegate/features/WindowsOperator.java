package dev.tidegate.features;

import dev.tidegate.features.window.Aggregate;
import dev.tidegate.features.window.ChunkStore;
import dev.tidegate.features.window.SlidingWindows;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import dev.tidegate.schemas.money.MajorUnits;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.jspecify.annotations.Nullable;

/** Appends one entity's window features to a vector, keyed by currency and entity. */
final class WindowsOperator extends EventTimeOrderOperator<FeatureVector, FeatureVector> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final Entity entity;

  // runtime
  private transient SlidingWindows windows;
  private transient MajorUnits units;
  private transient KeyedChunks chunks;

  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  WindowsOperator(Entity entity) {
    super(new EventSerializer<>(FeatureVector.class), FeaturesMetric.LATE, FeaturesMetric.WAITING);
    this.entity = entity;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    windows = FeatureSet.windows();
    units = new MajorUnits();
    chunks =
        new KeyedChunks(
            context
                .getKeyedStateStore()
                .getState(
                    new ValueStateDescriptor<>(
                        "head", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)),
            context
                .getKeyedStateStore()
                .getMapState(
                    new MapStateDescriptor<>(
                        "chunks",
                        Types.INT,
                        PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO)));
  }

  @Override
  protected long timeOf(FeatureVector vector) {
    return vector.getTransaction().getEventTimeMs();
  }

  @Override
  protected int compareTies(FeatureVector left, FeatureVector right) {
    return left.getTransaction()
        .getTransactionId()
        .compareTo(right.getTransaction().getTransactionId());
  }

  @Override
  protected boolean mustWait(FeatureVector vector) {
    return entity.idOf(vector.getTransaction()) != null;
  }

  @Override
  protected void process(FeatureVector vector, boolean late) {
    Transaction payment = vector.getTransaction();
    List<Float> values = new ArrayList<>(FeatureSet.current().size());
    values.addAll(vector.getValues());
    if (entity.idOf(payment) == null) {
      FeatureSet.appendNone(values);
    } else {
      Aggregate[] known =
          windows.add(
              chunks,
              payment.getEventTimeMs(),
              payment.getAmountMinor(),
              fingerprint(payment.getTransactionId()));
      FeatureSet.appendWindows(values, known, payment.getCurrency(), units);
    }
    emit(
        new FeatureVector(payment, vector.getFeatureDigest(), values, vector.getLate() || late),
        payment.getEventTimeMs());
  }

  /** The current key's window state in Flink's backend. */
  private record KeyedChunks(ValueState<long[]> heads, MapState<Integer, long[]> sealed)
      implements ChunkStore {
    @Override
    public long @Nullable [] head() {
      return access(heads::value);
    }

    @Override
    public void putHead(long[] head) {
      change(() -> heads.update(head));
    }

    @Override
    public long[] chunk(int id) {
      long[] chunk = access(() -> sealed.get(id));
      if (chunk == null) {
        throw new IllegalStateException("window state has no chunk " + id + ": it is damaged");
      }
      return chunk;
    }

    @Override
    public void putChunk(int id, long[] chunk) {
      change(() -> sealed.put(id, chunk));
    }

    @Override
    public void removeChunk(int id) {
      change(() -> sealed.remove(id));
    }

    private static long @Nullable [] access(Read read) {
      try {
        return read.get();
      } catch (Exception e) {
        throw new IllegalStateException("window state cannot be read", e);
      }
    }

    private static void change(Write write) {
      try {
        write.run();
      } catch (Exception e) {
        throw new IllegalStateException("window state cannot be written", e);
      }
    }
  }

  private interface Read {
    long @Nullable [] get() throws Exception;
  }

  private interface Write {
    void run() throws Exception;
  }
}
