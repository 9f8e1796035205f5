package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The three stages in Flink's harness, one after the other, two replicas in one task. */
@SuppressWarnings("try") // harnesses close with any exception
final class ReplicaHarness implements AutoCloseable {
  static final GraphConfig CONFIG =
      new GraphConfig(
          GraphConfig.read(Path.of("../config/graph.yaml")).graph(),
          PatternSettings.everything(),
          2);

  private final KeyedOneInputStreamOperatorTestHarness<Integer, Posting, Posting> order;
  private final KeyedOneInputStreamOperatorTestHarness<Integer, Posting, GraphSignal> replicas;
  private final KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> episodes;
  private final PostingOperator postings = new PostingOperator(CONFIG);
  private int spottedSoFar;

  /** States of the three stages. */
  record States(
      OperatorSubtaskState order, OperatorSubtaskState replicas, OperatorSubtaskState episodes) {}

  /** Stages that begin without a state or go on from one. */
  ReplicaHarness(@Nullable States states) throws Exception {
    this(CONFIG, states);
  }

  ReplicaHarness(GraphConfig config, @Nullable States states) throws Exception {
    postings.open(DefaultOpenContext.INSTANCE);
    order =
        harness(
            new OrderOperator(config.replicas()),
            posting -> OrderOperator.KEY,
            1,
            PostingCodec.INSTANCE);
    replicas =
        harness(
            new ReplicaOperator(config, false),
            new ReplicaOperator.ReplicaKeys(config.replicas()),
            ReplicaOperator.ReplicaKeys.GROUPS,
            new EventSerializer<>(GraphSignal.class));
    episodes =
        harness(
            new EpisodesOperator(config),
            spotted -> EpisodesOperator.KEY,
            1,
            new EventSerializer<>(PatternAlert.class));
    if (states != null) {
      order.initializeState(states.order);
      replicas.initializeState(states.replicas);
      episodes.initializeState(states.episodes);
    }
    order.open();
    replicas.open();
    episodes.open();
  }

  private static <I, O> KeyedOneInputStreamOperatorTestHarness<Integer, I, O> harness(
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, Integer> keys,
      int groups,
      TypeSerializer<O> serializer)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(operator, keys, Types.INT, groups, 1, 0);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(serializer);
    return harness;
  }

  /** Puts payments in; they wait for the watermark. */
  void feed(List<Transaction> payments) throws Exception {
    for (Transaction payment : payments) {
      order.processElement(postings.map(payment), payment.getEventTimeMs());
    }
  }

  /** Lets the watermark pass, and sends what it releases through the other stages. */
  void watermark(long timeMs) throws Exception {
    order.processWatermark(new Watermark(timeMs));
    for (Posting posting : order.extractOutputValues()) {
      replicas.processElement(posting, posting.payment().timeMs());
    }
    order.getOutput().clear();
    List<Spotted> spotted = spotted();
    for (Spotted one : shuffled(spotted.subList(spottedSoFar, spotted.size()))) {
      episodes.processElement(one, 0);
    }
    spottedSoFar = spotted.size();
  }

  List<Spotted> spotted() {
    List<Spotted> spotted = new ArrayList<>();
    var sent = replicas.getSideOutput(ReplicaOperator.SPOTTED);
    if (sent != null) {
      sent.forEach(one -> spotted.add(one.getValue()));
    }
    return spotted;
  }

  /** As replicas in different tasks might send them. */
  private static List<Spotted> shuffled(List<Spotted> spotted) {
    List<Spotted> shuffled = new ArrayList<>(spotted);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  List<GraphSignal> signals() {
    return replicas.extractOutputValues();
  }

  List<PatternAlert> alerts() {
    return episodes.extractOutputValues();
  }

  States snapshot() throws Exception {
    return new States(order.snapshot(1, 1), replicas.snapshot(1, 1), episodes.snapshot(1, 1));
  }

  KeyedOneInputStreamOperatorTestHarness<Integer, Spotted, PatternAlert> episodesStage() {
    return episodes;
  }

  @Override
  public void close() throws Exception {
    order.close();
    replicas.close();
    episodes.close();
  }

  /** In the order of time, with ties, over so many days, among twelve accounts. */
  static List<Transaction> payments(int count, long seed, int days) {
    Random random = new Random(seed);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : random.nextInt((int) (days * 230_400_000L / count));
      payments.add(
          Transaction.newBuilder()
              .setTransactionId("tx-" + i)
              .setEventTimeMs(timeMs)
              .setIngestedAtMs(0)
              .setSource("test")
              .setSourceOffset(1)
              .setPayerAccount("a" + random.nextInt(12))
              .setPayeeAccount("a" + random.nextInt(12))
              .setAmountMinor(9_000 + random.nextInt(1_500))
              .setCurrency("EUR")
              .build());
    }
    return payments;
  }
}
