package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.metric.Metric;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * A keyed operator that sees events in the order of event time, so that its results do not depend
 * on parallelism or on how partitions interleave. An event waits until the watermark passes its
 * time; equal times go by {@link #compareTies}. An event at or behind the watermark is late: it is
 * processed at once and told so.
 *
 * <p>What waits lives on the heap in one queue a task, not in the state backend: at the pace of a
 * watermark it holds milliseconds of the stream, and a timer an event would cost two writes to
 * RocksDB. Checkpoints carry it as raw keyed state, by key group, with the schema of its events and
 * the watermark they waited for, so it survives a rescale, a newer event class, and a replay: what
 * was late before a failure is late after it. Memory grows with the distance in event time between
 * the fastest and the slowest partition.
 *
 * @param <I> the event that comes in
 * @param <O> what goes out
 */
public abstract class EventTimeOrderOperator<I, O> extends AbstractStreamOperator<O>
    implements OneInputStreamOperator<I, O> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int VERSION = 2;
  private static final int CONTEXT_SINCE = 2;

  // configuration
  private final TypeSerializer<I> serializer;
  private final Metric late;
  private final Metric held;

  // runtime
  @SuppressWarnings("NullAway.Init") // set by initializeState
  private transient PriorityQueue<I> waiting;

  @SuppressWarnings("NullAway.Init") // set by initializeState
  private transient Map<Integer, Long> restoredWatermarks;

  @SuppressWarnings("NullAway.Init") // set by open
  private transient Counter lateEvents;

  private transient StreamRecord<I> current;
  private transient long watermark;
  private transient long restoredWatermark;

  /**
   * An operator of a stage.
   *
   * @param serializer of waiting events in checkpoints
   * @param late the stage's count of late events
   * @param held the stage's gauge of waiting events
   */
  @SuppressWarnings("NullAway.Init") // transients are set when the task starts
  protected EventTimeOrderOperator(TypeSerializer<I> serializer, Metric late, Metric held) {
    this.serializer = serializer;
    this.late = late;
    this.held = held;
  }

  /** The event's time, milliseconds. */
  protected abstract long timeOf(I event);

  /** Order among events of one time, total and the same on every machine. */
  protected abstract int compareTies(I left, I right);

  /**
   * Processes one event; the keyed state is that of its key.
   *
   * @param late true if the watermark had passed the event when it came
   */
  protected abstract void process(I event, boolean late) throws Exception;

  /** False for an event that touches no state and need not wait. */
  protected boolean mustWait(I event) {
    return true;
  }

  /** False for an event that the stage counts elsewhere, or not at all, if it is late. */
  protected boolean countsAsLate(I event) {
    return true;
  }

  /** Writes what waiting events refer to and a later program might know otherwise. */
  protected void writeContext(DataOutputView out) throws IOException {}

  /** Reads what {@link #writeContext} wrote. */
  protected Restored<I> readContext(DataInputView in) throws IOException {
    return event -> event;
  }

  /**
   * What becomes of an event that waited when a checkpoint was taken.
   *
   * @param <I> the event
   */
  @FunctionalInterface
  protected interface Restored<I> {
    /** The event as this program knows it; null to let it go. */
    @Nullable I carried(I event);
  }

  /** Sends a result on, under the time of its event. */
  protected final void emit(O result, long timeMs) {
    output.collect(new StreamRecord<>(result, timeMs));
  }

  /**
   * A 64-bit fingerprint of an id (FNV-1a with a final mix): two ids of one key and one time share
   * one with a probability of 2^-64.
   */
  public static long fingerprint(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  @Override
  public void open() throws Exception {
    super.open();
    current = new StreamRecord<>(null);
    lateEvents = getMetricGroup().counter(late.metric());
    getMetricGroup().gauge(held.metric(), () -> waiting.size());
  }

  @Override
  public void processElement(StreamRecord<I> element) throws Exception {
    I event = element.getValue();
    if (!mustWait(event)) {
      process(event, false);
    } else if (isLate(event)) {
      if (countsAsLate(event)) {
        lateEvents.inc();
      }
      process(event, true);
    } else {
      waiting.add(event);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    for (I event = waiting.peek();
        event != null && timeOf(event) <= watermark;
        event = waiting.peek()) {
      waiting.remove();
      setKeyContextElement1(current.replace(event));
      process(event, false);
    }
    super.processWatermark(mark);
  }

  private boolean isLate(I event) throws Exception {
    long timeMs = timeOf(event);
    return timeMs <= watermark
        || (timeMs <= restoredWatermark
            && timeMs <= restoredWatermarks.getOrDefault(keyGroupOf(event), Long.MIN_VALUE));
  }

  @SuppressWarnings("unchecked") // the first input's keys are of I
  private int keyGroupOf(I event) throws Exception {
    KeySelector<I, ?> keys = (KeySelector<I, ?>) getStateKeySelector1();
    return KeyGroupRangeAssignment.assignToKeyGroup(
        keys.getKey(event), getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks());
  }

  private int compare(I left, I right) {
    int byTime = Long.compare(timeOf(left), timeOf(right));
    return byTime != 0 ? byTime : compareTies(left, right);
  }

  // ---- checkpoints -----------------------------------------------------------------------------

  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    waiting = new PriorityQueue<>(this::compare);
    restoredWatermarks = new HashMap<>();
    watermark = Long.MIN_VALUE;
    restoredWatermark = Long.MIN_VALUE;
    for (KeyGroupStatePartitionStreamProvider part : context.getRawKeyedStateInputs()) {
      restore(
          part.getKeyGroupId(),
          new DataInputViewStreamWrapper(new DataInputStream(part.getStream())));
    }
  }

  private void restore(int keyGroup, DataInputView in) throws IOException {
    int version = in.readInt();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          getOperatorName() + ": waiting events of version " + version + " cannot be read");
    }
    long waitedFor = waitedFor(in);
    restoredWatermarks.put(keyGroup, waitedFor);
    restoredWatermark = Math.max(restoredWatermark, waitedFor);
    int count = in.readInt();
    if (count == 0) {
      return;
    }
    TypeSerializer<I> written =
        TypeSerializerSnapshot.<I>readVersionedSnapshot(in, getUserCodeClassloader())
            .restoreSerializer();
    Restored<I> restored = version < CONTEXT_SINCE ? event -> event : readContext(in);
    for (int i = 0; i < count; i++) {
      I event = restored.carried(written.deserialize(in));
      if (event != null) {
        waiting.add(event);
      }
    }
  }

  /**
   * The end of time is no time that was waited for: inputs that end leave it, and a fault of
   * earlier builds did where all partitions were silent. Kept, it would make all that follows late.
   */
  private static long waitedFor(DataInputView in) throws IOException {
    long waitedFor = in.readLong();
    return waitedFor == Long.MAX_VALUE ? Long.MIN_VALUE : waitedFor;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Map<Integer, List<I>> byKeyGroup = new HashMap<>();
    for (I event : waiting) {
      byKeyGroup.computeIfAbsent(keyGroupOf(event), group -> new ArrayList<>()).add(event);
    }
    KeyedStateCheckpointOutputStream raw = context.getRawKeyedOperatorStateOutput();
    for (int keyGroup : raw.getKeyGroupList()) {
      raw.startNewKeyGroup(keyGroup);
      long waitedFor =
          Math.max(watermark, restoredWatermarks.getOrDefault(keyGroup, Long.MIN_VALUE));
      write(
          waitedFor,
          byKeyGroup.getOrDefault(keyGroup, List.of()),
          new DataOutputViewStreamWrapper(raw));
    }
  }

  private void write(long waitedFor, List<I> events, DataOutputView out) throws IOException {
    out.writeInt(VERSION);
    out.writeLong(waitedFor);
    out.writeInt(events.size());
    if (!events.isEmpty()) {
      TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
      writeContext(out);
      for (I event : events) {
        serializer.serialize(event, out);
      }
    }
  }
}
