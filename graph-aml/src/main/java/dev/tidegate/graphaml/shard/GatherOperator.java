package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.GraphMetric;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.util.OutputTag;

/**
 * Inquiries with the answers of one round, keyed by payment, and the questions of the next round
 * beside them. What is not complete waits on the heap; checkpoints carry it as raw keyed state.
 */
final class GatherOperator extends AbstractStreamOperator<Mail>
    implements OneInputStreamOperator<Mail, Mail> {
  /** Questions to accounts. */
  static final OutputTag<Question> ASKS =
      new OutputTag<>("asks", QuestionCodec.INSTANCE.information());

  /** Questions to the keeper of components. */
  static final OutputTag<Question> COMPONENTS =
      new OutputTag<>("components", QuestionCodec.INSTANCE.information());

  @Serial private static final long serialVersionUID = 1L;
  private static final int VERSION = 1;

  // configuration
  private final ShardSettings settings;
  private final int round;

  // runtime
  private transient Gathering gathering;
  private transient Interview interview;
  private transient Counter cutOff;

  /**
   * Of a round.
   *
   * @param round 0 for the ends, up to {@link Rounds#COUNT}
   */
  @SuppressWarnings("NullAway.Init") // transients are set by initializeState
  GatherOperator(ShardSettings settings, int round) {
    this.settings = settings;
    this.round = round;
  }

  /** The key of what comes in: the payment. */
  static Long keyOf(Mail mail) {
    return mail.about().id();
  }

  @Override
  public void processElement(StreamRecord<Mail> element) {
    Inquiry complete = gathering.take(element.getValue());
    if (complete != null) {
      goOn(complete);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    gathering.advance(
        mark.getTimestamp(),
        inquiry -> {
          cutOff.inc();
          goOn(inquiry);
        });
    super.processWatermark(mark);
  }

  private void goOn(Inquiry inquiry) {
    long timeMs = inquiry.about.timeMs();
    Question component = interview.component(inquiry);
    if (component != null) {
      output.collect(COMPONENTS, new StreamRecord<>(component, timeMs));
    }
    for (Question question : interview.next(inquiry)) {
      output.collect(ASKS, new StreamRecord<>(question, timeMs));
    }
    output.collect(new StreamRecord<>(Mail.of(inquiry), timeMs));
  }

  // ---- checkpoints -----------------------------------------------------------------------------

  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    gathering = new Gathering(settings, round);
    interview = new Interview(settings, round);
    cutOff = getMetricGroup().counter(GraphMetric.CUT.metric());
    for (KeyGroupStatePartitionStreamProvider group : context.getRawKeyedStateInputs()) {
      restore(new DataInputViewStreamWrapper(new DataInputStream(group.getStream())));
    }
  }

  private void restore(DataInputView in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          getOperatorName() + ": inquiries of version " + version + " cannot be read");
    }
    for (int left = in.readInt(); left > 0; left--) {
      gathering.restore(MailCodec.INSTANCE.deserialize(in));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    int groups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    Map<Integer, List<Mail>> byKeyGroup = new HashMap<>();
    gathering.each(
        mail ->
            byKeyGroup
                .computeIfAbsent(
                    KeyGroupRangeAssignment.assignToKeyGroup(keyOf(mail), groups),
                    group -> new ArrayList<>())
                .add(mail));
    KeyedStateCheckpointOutputStream raw = context.getRawKeyedOperatorStateOutput();
    for (int keyGroup : raw.getKeyGroupList()) {
      raw.startNewKeyGroup(keyGroup);
      write(byKeyGroup.getOrDefault(keyGroup, List.of()), new DataOutputViewStreamWrapper(raw));
    }
  }

  private static void write(List<Mail> mails, DataOutputView out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(mails.size());
    for (Mail mail : mails) {
      MailCodec.INSTANCE.serialize(mail, out);
    }
  }
}
