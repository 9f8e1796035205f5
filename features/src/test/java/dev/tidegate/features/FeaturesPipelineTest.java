package dev.tidegate.features;

import static dev.tidegate.features.Payments.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
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
import org.apache.avro.specific.SpecificRecord;
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
  void shouldFillEveryFeatureAndLeaveNaNWithoutAnEntity() throws Exception {
    var vectors =
        run(
            "shape",
            List.of(
                Payments.payment("a", 1_000, "p", "t", 250),
                Payments.payment("b", 2_000, "q", null, 50),
                Payments.payment("c", 3_000, "q", "t", 350)),
            1);
    FeatureVector third = vectors.get("c");
    assertThat(third.getFeatureDigest()).isEqualTo(CATALOGUE.digest());
    assertThat(third.getValues()).hasSize(CATALOGUE.size());
    assertThat(value(third, "amount")).isEqualTo(3.5f);
    assertThat(value(third, "account_count_1h")).isEqualTo(2f);
    assertThat(value(third, "account_mean_7d")).isEqualTo(2f);
    assertThat(value(third, "account_time_since")).isEqualTo(1f);
    assertThat(value(third, "terminal_mean_30d")).isEqualTo(3f);
    assertThat(value(third, "amount_per_account_mean_7d")).isEqualTo(1.75f);
    assertThat(value(vectors.get("b"), "terminal_count_1h")).isNaN();
    assertThat(third.getApproximate()).isFalse();
  }

  /** The catalogue has one of the terminal, then one of the account. */
  @Test
  void shouldTellTheLastPaymentsOldestFirstAndItselfLast() throws Exception {
    List<Transaction> payments =
        List.of(
            Payments.payment("a", 10 * 3_600_000L, "p", "t", 250),
            Payments.payment("b", 11 * 3_600_000L, "p", null, 150),
            Payments.payment("c", 11 * 3_600_000L + 500, "q", "t", 100),
            Payments.payment("d", 12 * 3_600_000L, "p", "t", -350));
    var vectors = run("sequences", payments, 1);
    assertThat(vectors.get("d").getSequences())
        .containsExactly(
            List.of(4f, 2.5f, 7_200f, 4f, 1f, 3_599.5f, 4f, -3.5f, 0f),
            List.of(7_200f, 2.5f, 10f, 1f, 3_600f, 1.5f, 11f, Float.NaN, 0f, -3.5f, 12f, 1f));
    assertThat(vectors.get("b").getSequences())
        .containsExactly(
            List.of(), List.of(3_600f, 2.5f, 10f, Float.NaN, 0f, 1.5f, 11f, Float.NaN));
  }

  @Test
  void shouldEndASequenceWithThePaymentsOwnFeatures() throws Exception {
    var vectors = run("own", Payments.stream(400, 6), 1);
    for (FeatureVector vector : vectors.values()) {
      List<Float> rows = vector.getSequences().get(1);
      assertThat(rows.size() % 4).isZero();
      assertThat(rows.size()).isBetween(4, 32 * 4);
      assertThat(rows.subList(rows.size() - 4, rows.size() - 1))
          .containsExactly(0f, value(vector, "amount"), value(vector, "hour_of_day"));
    }
    assertThat(vectors.values()).anyMatch(v -> v.getSequences().get(1).size() == 32 * 4);
  }

  @Test
  void shouldCountAFraudOnlyFromWhenItIsKnown() throws Exception {
    long day = 86_400_000L;
    Transaction fraud = Payments.payment("fraud", 1_000, "p", "t", 250);
    Transaction before = Payments.payment("before", day + 2_000, "q", "t", 250);
    Transaction after = Payments.payment("after", day + 4_000, "q", "t", 250);
    var vectors =
        run("risk", List.of(fraud, before, after), List.of(Payments.fraud(fraud, day + 2_000)), 1);
    assertThat(value(vectors.get("before"), "terminal_count_delayed_7d")).isEqualTo(1f);
    assertThat(value(vectors.get("before"), "terminal_risk_7d")).isEqualTo(0f);
    assertThat(value(vectors.get("after"), "terminal_risk_7d")).isEqualTo(1f);
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    FeaturesPipeline.define(
        env,
        CATALOGUE,
        FeaturesSource.kafka(
            StreamSettings.of("features", "localhost:9092", "http://localhost:8081", 2)),
        FeaturesSink.kafka(
            StreamSettings.of("features", "localhost:9092", "http://localhost:8081", 2)));
    List<String> uids = new ArrayList<>();
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      uids.add(node.getTransformationUID());
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
    // A job finds its state by these; one that is called otherwise begins without it.
    assertThat(uids)
        .contains("features-transactions", "features-label", "features-entities", "features-join");
  }

  private static float value(FeatureVector vector, String name) {
    return vector.getValues().get(CATALOGUE.place(name));
  }

  private Map<String, FeatureVector> run(String name, List<Transaction> payments, int parallelism)
      throws Exception {
    List<Transaction> inOrder =
        payments.stream().sorted(Comparator.comparing(Transaction::getTransactionId)).toList();
    return run(name, payments, Payments.frauds(inOrder), parallelism);
  }

  private Map<String, FeatureVector> run(
      String name, List<Transaction> payments, List<Label> labels, int parallelism)
      throws Exception {
    Path in = folder.resolve(name + ".avro");
    Path known = folder.resolve(name + "-labels.avro");
    write(in, Transaction.class, payments);
    write(known, Label.class, labels);
    Path out = folder.resolve(name);
    OfflineFeaturesJob.run(
        CATALOGUE, new OfflineFeaturesJob.Files(in, known, out, DISORDER_MS), parallelism);
    return read(out);
  }

  private static <T extends SpecificRecord> void write(Path file, Class<T> type, List<T> events)
      throws IOException {
    try (DataFileWriter<T> writer = EventFile.writer(file, type)) {
      for (T event : events) {
        writer.append(event);
      }
    }
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
