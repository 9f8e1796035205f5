package dev.tidegate.graphaml.mine;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFileSink;
import dev.tidegate.schemas.file.EventFileSource;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * An archive's payments to cases and to findings about accounts: a bounded job in Flink's batch
 * mode. Payments go to each slice of time that they lie in; slices are sorted apart (on disk, where
 * memory does not hold them) and mined one after another by each task, so that a task holds one
 * slice. The cases of all slices are ranked by one task.
 */
public final class MinePipeline {
  private static final String ALL = "all";

  private MinePipeline() {}

  /**
   * Where results go.
   *
   * @param cases folder for the ranked cases, for {@code EventFile.read}
   * @param accounts folder for lines of {@link AccountFinding#csv}, without the header
   * @param cut folder for begins of slices whose bicliques were cut off, a line each
   */
  public record Outputs(Path cases, Path accounts, Path cut) {}

  /**
   * Mines a file of payments in this process and returns when all is written.
   *
   * @param payments each payment once, in any order
   * @throws Exception what stopped the run, as Flink reports it
   */
  public static void run(
      GraphConfig graph, MineSettings settings, Path payments, Outputs outputs, int parallelism)
      throws Exception {
    Configuration configuration = JobConfiguration.bounded();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    env.setRuntimeMode(RuntimeExecutionMode.BATCH);
    define(env, graph, settings, payments, outputs);
    env.execute("tidegate-graph-mine");
  }

  /** Lays the job out; the caller executes the environment, in batch mode. */
  static void define(
      StreamExecutionEnvironment env,
      GraphConfig graph,
      MineSettings settings,
      Path payments,
      Outputs outputs) {
    DataStream<Transaction> read =
        env.fromSource(
                EventFileSource.of(payments, Transaction.class),
                WatermarkStrategy.noWatermarks(),
                "mine-payments",
                EventTypeInformation.forEvent(Transaction.class))
            .uid("mine-payments");
    SingleOutputStreamOperator<PatternAlert> found =
        read.flatMap(
                (Transaction payment, Collector<Tuple2<Long, Transaction>> out) ->
                    toSlices(settings, payment, out),
                new TupleTypeInfo<Tuple2<Long, Transaction>>(
                    Types.LONG, EventTypeInformation.forEvent(Transaction.class)))
            .uid("mine-slices")
            .keyBy(entry -> entry.f0, Types.LONG)
            .process(
                new MineOperator(graph, settings, digest(graph, settings)),
                EventTypeInformation.forEvent(PatternAlert.class))
            .name("mine-search")
            .uid("mine-search");
    lines(found.getSideOutput(MineOperator.ACCOUNTS), outputs.accounts, "mine-accounts");
    lines(
        found.getSideOutput(MineOperator.CUT).map(String::valueOf, Types.STRING).uid("mine-cuts"),
        outputs.cut,
        "mine-cut");
    cases(found, settings, outputs);
  }

  private static void toSlices(
      MineSettings settings, Transaction payment, Collector<Tuple2<Long, Transaction>> out) {
    if (payment.getPayeeAccount() != null && payment.getAmountMinor() > 0) {
      long timeMs = payment.getEventTimeMs();
      for (long from = settings.firstSlice(timeMs); from <= timeMs; from += settings.stepMs()) {
        out.collect(Tuple2.of(from, payment));
      }
    }
  }

  private static void cases(
      DataStream<PatternAlert> found, MineSettings settings, Outputs outputs) {
    TypeInformation<PatternAlert> type = EventTypeInformation.forEvent(PatternAlert.class);
    SingleOutputStreamOperator<PatternAlert> ranked =
        found
            .keyBy(one -> ALL, Types.STRING)
            .process(new RankOperator(settings.bounds().cases()), type)
            .setParallelism(1)
            .name("mine-rank")
            .uid("mine-rank");
    ranked
        .sinkTo(EventFileSink.into(outputs.cases, PatternAlert.class))
        .setParallelism(1)
        .uid("mine-cases");
  }

  private static void lines(DataStream<String> lines, Path folder, String name) {
    lines
        .sinkTo(
            FileSink.<String>forRowFormat(
                    new org.apache.flink.core.fs.Path(folder.toUri()), new SimpleStringEncoder<>())
                .build())
        .name(name)
        .uid(name);
  }

  /** SHA-256, hexadecimal, over all settings: names them on each case. */
  static String digest(GraphConfig graph, MineSettings settings) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((graph.digest() + "\n" + settings).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
