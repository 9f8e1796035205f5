package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/** A bounded run of the stage in any layout, from a list into files. */
final class LayoutRun {
  private LayoutRun() {}

  /** What a run wrote. */
  record Written(Map<String, GraphSignal> signals, Map<String, PatternAlert> alerts) {
    /** The same, of payments some of which the graph did not take, and patterns enough. */
    void assertSaysWhat(Written one) {
      assertThat(one.signals.values())
          .filteredOn(signal -> signal.getValues().get(0).isNaN())
          .hasSizeGreaterThan(20);
      assertThat(one.alerts).hasSizeGreaterThan(100);
      assertThat(signals).isEqualTo(one.signals);
      assertThat(alerts).isEqualTo(one.alerts);
    }
  }

  static Written run(Path out, List<Transaction> arriving, GraphConfig config, int parallelism)
      throws Exception {
    StreamExecutionEnvironment env = environment(parallelism);
    GraphPipeline.define(env, config, opened -> source(opened, arriving), GraphSink.folder(out));
    env.execute();
    return written(out);
  }

  static Written written(Path out) throws Exception {
    Map<String, GraphSignal> signals = new TreeMap<>();
    for (GraphSignal signal : events(out.resolve("signals"), GraphSignal.class)) {
      assertThat(signals.put(signal.getTransactionId(), signal)).isNull();
    }
    Map<String, PatternAlert> alerts = new TreeMap<>();
    for (PatternAlert alert : events(out.resolve("alerts"), PatternAlert.class)) {
      assertThat(alerts.put(alert.getAlertId() + " " + alert.getVersion(), alert)).isNull();
    }
    return new Written(signals, alerts);
  }

  private static <T extends SpecificRecord> List<T> events(Path folder, Class<T> type)
      throws Exception {
    List<T> events = new ArrayList<>();
    try (EventFile.Reader<T> reader = EventFile.read(folder, type)) {
      for (T next = reader.next(); next != null; next = reader.next()) {
        events.add(next);
      }
    }
    return events;
  }

  /** The job as it is deployed: state is found again, and nothing falls back to Kryo. */
  static void assertOperatorsNamedAndTyped(GraphConfig config) {
    StreamSettings settings =
        StreamSettings.of("graph-aml", "localhost:9092", "http://localhost:8081", 2);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    GraphPipeline.define(env, config, GraphSource.kafka(settings), GraphSink.kafka(settings));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  static StreamExecutionEnvironment environment(int parallelism) {
    return StreamExecutionEnvironment.createLocalEnvironment(
        parallelism, JobConfiguration.bounded());
  }

  /** One task, whose watermarks depend on what came and not on a clock. */
  static DataStream<Transaction> source(
      StreamExecutionEnvironment env, List<Transaction> arriving) {
    return env.fromData(EventTypeInformation.forEvent(Transaction.class), array(arriving))
        .setParallelism(1)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Transaction>forGenerator(context -> new EachTenth())
                .withTimestampAssigner((payment, time) -> payment.getEventTimeMs()))
        .setParallelism(1);
  }

  private static Transaction[] array(List<Transaction> arriving) {
    return arriving.toArray(Transaction[]::new);
  }

  /** After each tenth payment a watermark just before the largest time so far. */
  private static final class EachTenth implements WatermarkGenerator<Transaction> {
    private long newestMs = Long.MIN_VALUE;
    private int seen;

    @Override
    public void onEvent(Transaction payment, long timeMs, WatermarkOutput out) {
      newestMs = Math.max(newestMs, timeMs);
      if (++seen % 10 == 0) {
        out.emitWatermark(new Watermark(newestMs - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput out) {}
  }
}
