package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.GraphSource;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sharded graph in Flink against the kernel. */
@SuppressWarnings("try") // Flink's iterator closes with any exception
class ShardPipelineTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void shouldFindWhatTheKernelFindsAtAnyParallelism(int parallelism) throws Exception {
    List<Transaction> arriving = ShardPayments.arriving(700, 20_260_103);
    ShardPayments.assertAsTheKernel(arriving, run(arriving, parallelism));
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    ShardPipeline.found(
            GraphSource.file(folder.resolve("none.avro"), 1).open(env), ShardPayments.SETTINGS)
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  private Map<Long, Found> run(List<Transaction> arriving, int parallelism) throws Exception {
    Path file = folder.resolve("payments.avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(file, Transaction.class)) {
      for (Transaction transaction : arriving) {
        writer.append(transaction);
      }
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, JobConfiguration.bounded());
    Map<Long, Found> found = new HashMap<>();
    try (CloseableIterator<Found> results =
        ShardPipeline.found(
                GraphSource.file(file, ShardPayments.DISORDER_MS).open(env), ShardPayments.SETTINGS)
            .executeAndCollect()) {
      results.forEachRemaining(one -> assertThat(found.put(one.id(), one)).isNull());
    }
    return found;
  }
}
