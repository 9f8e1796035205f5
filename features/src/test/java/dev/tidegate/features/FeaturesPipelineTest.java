package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.file.DataFileWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesPipelineTest {
  private static final long DISORDER_MS = 600_000;

  @TempDir Path folder;

  @Test
  void shouldGiveBitEqualVectorsForAnyParallelismAndArrivalWithinTheBound() throws Exception {
    List<Transaction> payments = Payments.stream(4_000, 5);
    Map<String, FeatureVector> one = run("in-order", payments, 1);
    assertThat(one).hasSize(payments.size());
    assertThat(run("shuffled-1", shuffled(payments, 1), 1)).isEqualTo(one);
    assertThat(run("shuffled-4", shuffled(payments, 2), 4)).isEqualTo(one);
    assertThat(one.values()).noneMatch(FeatureVector::getLate);
  }

  @Test
  void shouldFillEveryFeatureAndLeaveNaNWithoutACounterparty() throws Exception {
    var vectors =
        run(
            "shape",
            List.of(
                Payments.payment("a", 1_000, "p", "t", 250),
                Payments.payment("b", 2_000, "q", null, 50),
                Payments.payment("c", 3_000, "q", "t", 350)),
            1);
    FeatureSet features = FeatureSet.current();
    FeatureVector third = vectors.get("c");
    assertThat(third.getFeatureDigest()).isEqualTo(features.digest());
    assertThat(third.getValues()).hasSize(features.size());
    assertThat(value(third, "account_count_1h")).isEqualTo(2f);
    assertThat(value(third, "account_mean_30d")).isEqualTo(2f);
    assertThat(value(third, "counterparty_mean_1d")).isEqualTo(3f);
    assertThat(value(third, "counterparty_max_7d")).isEqualTo(3.5f);
    assertThat(value(third, "amount")).isEqualTo(3.5f);
    assertThat(vectors.get("b").getValues().subList(12, 24)).containsOnly(Float.NaN);
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    FeaturesPipeline.define(
        env,
        FeaturesSource.kafka(
            StreamSettings.of("features", "localhost:9092", "http://localhost:8081", 2)),
        FeaturesSink.kafka(
            StreamSettings.of("features", "localhost:9092", "http://localhost:8081", 2)));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  @Test
  void shouldSerialiseVectorsAsEvents() {
    assertThat(EventTypeInformation.forEvent(FeatureVector.class).getTypeClass())
        .isEqualTo(FeatureVector.class);
  }

  private static float value(FeatureVector vector, String name) {
    return vector.getValues().get(FeatureSet.current().names().indexOf(name));
  }

  private Map<String, FeatureVector> run(String name, List<Transaction> payments, int parallelism)
      throws Exception {
    Path in = folder.resolve(name + ".avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(in, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path out = folder.resolve(name);
    OfflineFeaturesJob.run(in, out, DISORDER_MS, parallelism);
    return read(out);
  }

  private static Map<String, FeatureVector> read(Path out) throws IOException {
    Map<String, FeatureVector> vectors = new TreeMap<>();
    try (EventFile.Reader<FeatureVector> reader = EventFile.read(out, FeatureVector.class)) {
      for (FeatureVector next = reader.next(); next != null; next = reader.next()) {
        vectors.put(next.getTransaction().getTransactionId(), next);
      }
    }
    return vectors;
  }

  private static List<Transaction> shuffled(List<Transaction> payments, long seed) {
    Random random = new Random(seed);
    record Arrival(long atMs, Transaction payment) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (Transaction payment : payments) {
      arrivals.add(
          new Arrival(payment.getEventTimeMs() + random.nextInt((int) DISORDER_MS), payment));
    }
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    return arrivals.stream().map(Arrival::payment).toList();
  }
}
