package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of shards against the one graph, by the stage's own wiring. */
class ShardedGraphPipelineTest {
  private static final int BLOCK = 10;

  private static final List<Transaction> ARRIVING = arriving(800, 20_260_112);

  @TempDir static Path shared;
  private static LayoutRun.Written one;

  @TempDir Path folder;

  @BeforeAll
  static void runTheOneGraph() throws Exception {
    one = LayoutRun.run(shared.resolve("one"), ARRIVING, config(), 1);
  }

  /** Nothing is cut off; patterns that shards raise alerts of. */
  static GraphConfig config() {
    PatternSettings all = PatternSettings.everything();
    return new GraphConfig(
        Streams.unbounded(20),
        new PatternSettings(
            new PatternSettings.Widths(3, 0, 0, 0, 2, 0), all.times(), all.bounds()));
  }

  /**
   * No two at one time, since shards order these otherwise; out of order as far as the watermark
   * waits; some twice, by card or in a foreign currency.
   */
  static List<Transaction> arriving(int count, long seed) {
    Random random = new Random(seed);
    List<Transaction> arriving = new ArrayList<>();
    List<Transaction> block = new ArrayList<>();
    long timeMs = 1_700_000_000_000L;
    for (int i = 0; arriving.size() < count; i++) {
      timeMs += 1 + random.nextInt(12);
      Transaction.Builder payment =
          Transaction.newBuilder(
              GraphPipelineTest.payment(
                  "tx-" + i,
                  timeMs,
                  "account-" + random.nextInt(8),
                  "account-" + random.nextInt(8),
                  new long[] {50, 91, 97, 100, 250}[random.nextInt(5)]));
      int kind = random.nextInt(20);
      if (kind == 0) {
        payment.setCurrency("XTS");
      } else if (kind == 1) {
        payment.setPayeeAccount(null);
      } else if (kind == 2 && block.size() < BLOCK - 1) {
        block.add(payment.build());
      }
      block.add(payment.build());
      if (block.size() == BLOCK) {
        Collections.shuffle(block, random);
        arriving.addAll(block);
        block.clear();
      }
    }
    return arriving;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "8,2", "3,4"})
  void shouldSayWhatTheOneGraphSays(int shards, int parallelism) throws Exception {
    LayoutRun.Written more =
        LayoutRun.run(
            folder.resolve("more"),
            ARRIVING,
            config().with(GraphLayout.shards(shards)),
            parallelism);
    assertThat(one.signals().values())
        .filteredOn(signal -> signal.getValues().get(0).isNaN())
        .hasSizeGreaterThan(20);
    assertThat(one.alerts()).hasSizeGreaterThan(100);
    assertThat(more.signals()).isEqualTo(one.signals());
    assertThat(more.alerts()).isEqualTo(one.alerts());
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamSettings settings =
        StreamSettings.of("graph-aml", "localhost:9092", "http://localhost:8081", 2);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    GraphPipeline.define(
        env,
        config().with(GraphLayout.shards(8)),
        GraphSource.kafka(settings),
        GraphSink.kafka(settings));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }
}
