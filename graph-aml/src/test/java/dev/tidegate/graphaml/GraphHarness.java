package dev.tidegate.graphaml;

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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator in Flink's harness: the shipped graph, and every pattern. */
@SuppressWarnings("try") // the harness closes with any exception
final class GraphHarness {
  static final GraphConfig CONFIG =
      new GraphConfig(
          GraphConfig.read(Path.of("../config/graph.yaml")).graph(), PatternSettings.everything());

  private GraphHarness() {}

  static KeyedOneInputStreamOperatorTestHarness<String, Transaction, GraphSignal> of(
      boolean rocksDb) throws Exception {
    return of(rocksDb, CONFIG);
  }

  static KeyedOneInputStreamOperatorTestHarness<String, Transaction, GraphSignal> of(
      boolean rocksDb, GraphConfig config) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new TemporalOperator(config), payment -> TemporalOperator.KEY, Types.STRING, 16, 1, 0);
    StateBackend backend = rocksDb ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    harness.setStateBackend(backend);
    harness.setup(new EventSerializer<>(GraphSignal.class));
    return harness;
  }

  static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, Transaction, GraphSignal> harness,
      List<Transaction> payments)
      throws Exception {
    for (Transaction payment : payments) {
      harness.processElement(payment, payment.getEventTimeMs());
    }
  }

  /** Signals of payments that all come before the watermark. */
  static List<GraphSignal> run(List<Transaction> payments) throws Exception {
    return run(payments, CONFIG);
  }

  static List<GraphSignal> run(List<Transaction> payments, GraphConfig config) throws Exception {
    try (var harness = of(false, config)) {
      harness.open();
      feed(harness, payments);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return new ArrayList<>(harness.extractOutputValues());
    }
  }

  /** What a harness has sent beside the signals so far. */
  static List<PatternAlert> alerts(
      KeyedOneInputStreamOperatorTestHarness<String, Transaction, GraphSignal> harness) {
    List<PatternAlert> alerts = new ArrayList<>();
    var sent = harness.getSideOutput(TemporalOperator.ALERTS);
    if (sent != null) {
      sent.forEach(one -> alerts.add(one.getValue()));
    }
    return alerts;
  }

  /** Alerts of payments that all come before the watermark. */
  static List<PatternAlert> runAlerts(List<Transaction> payments) throws Exception {
    return runAlerts(payments, CONFIG);
  }

  static List<PatternAlert> runAlerts(List<Transaction> payments, GraphConfig config)
      throws Exception {
    try (var harness = of(false, config)) {
      harness.open();
      feed(harness, payments);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return alerts(harness);
    }
  }

  /** In the order of time, with ties, over some fifteen days, among twelve accounts. */
  static List<Transaction> payments(int count, long seed) {
    Random random = new Random(seed);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt(4) == 0 ? 0 : random.nextInt(1_700_000);
      payments.add(
          GraphPipelineTest.payment(
              "tx-" + i,
              timeMs,
              "a" + random.nextInt(12),
              "a" + random.nextInt(12),
              9_000 + random.nextInt(1_500)));
    }
    return payments;
  }

  static List<Transaction> shuffled(List<Transaction> payments, long seed) {
    List<Transaction> shuffled = new ArrayList<>(payments);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }
}
