package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.file.EventFileSource;
import dev.tidegate.schemas.flink.EventStream;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.JobConfiguration;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.DataFileWriter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksPipelineTest {
  private static final long DISORDER_MS = 600_000;

  @TempDir Path folder;

  @Test
  void shouldLinkPayersByDeviceAndSayWhy() throws Exception {
    List<ClusterChange> changes =
        run(
            "device",
            List.of(
                payment("1", 1_000, "a", "shop", "phone-1", null),
                payment("2", 2_000, "b", "other", "phone-1", null),
                payment("3", 3_000, "c", "other", "phone-2", null)),
            1);

    assertThat(changes).hasSize(1);
    ClusterChange formed = changes.get(0);
    assertThat(formed.getChange()).isEqualTo(ClusterStep.FORMED);
    assertThat(formed.getMembers()).containsExactly("a", "b");
    assertThat(formed.getAtMs()).isEqualTo(2_000);
    assertThat(formed.getLinks()).hasSize(1);
    assertThat(formed.getLinks().get(0).getReasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.getKind()).isEqualTo(IdentifierKind.DEVICE);
              assertThat(reason.getValue()).isEqualTo("phone-1");
              assertThat(reason.getSinceMs()).isEqualTo(2_000);
            });
  }

  @Test
  void shouldLinkByABeneficiaryAndAnAddressTogether() throws Exception {
    List<ClusterChange> changes =
        run(
            "both",
            List.of(
                payment("1", 1_000, "a", "mule", null, "10.0.0.1"),
                payment("2", 2_000, "b", "mule", null, "10.0.0.1"),
                payment("3", 3_000, "c", "mule", null, "10.0.0.2")),
            1);

    assertThat(changes).hasSize(1);
    assertThat(changes.get(0).getMembers()).containsExactly("a", "b");
  }

  @Test
  void shouldGiveTheSameChangesForAnyParallelismAndArrivalWithinTheBound() throws Exception {
    Random random = new Random(5);
    List<Transaction> payments = new ArrayList<>();
    long timeMs = 0;
    for (int i = 0; i < 3_000; i++) {
      timeMs += random.nextInt(600_000);
      String device = random.nextInt(3) == 0 ? null : "device-" + random.nextInt(60);
      String address = random.nextInt(3) == 0 ? null : "10.0.0." + random.nextInt(50);
      payments.add(
          payment(
              "tx-" + i,
              timeMs,
              "account-" + random.nextInt(80),
              "account-" + random.nextInt(40),
              device,
              address));
    }
    List<ClusterChange> one = run("in-order", payments, 1);
    assertThat(one).extracting(ClusterChange::getChange).contains(ClusterStep.values());

    assertThat(run("shuffled", shuffled(payments), 4)).isEqualTo(one);
  }

  /** Within runs of payments that lie closer than the bound, any order. */
  private static List<Transaction> shuffled(List<Transaction> payments) {
    Random random = new Random(6);
    List<Transaction> shuffled = new ArrayList<>();
    List<Transaction> run = new ArrayList<>();
    for (Transaction payment : payments) {
      if (!run.isEmpty() && payment.getEventTimeMs() - run.get(0).getEventTimeMs() >= DISORDER_MS) {
        Collections.shuffle(run, random);
        shuffled.addAll(run);
        run.clear();
      }
      run.add(payment);
    }
    shuffled.addAll(run);
    return shuffled;
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    StreamSettings settings =
        StreamSettings.of("graph-links", "localhost:9092", "http://localhost:8081", 2);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, JobConfiguration.streaming());
    LinksPipeline.define(
        env,
        LinkSettings.standard(),
        GraphSource.kafka(settings),
        LinksSource.kafka(settings),
        LinksSink.kafka(settings));
    for (StreamNode node : env.getStreamGraph(false).getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  private List<ClusterChange> run(String name, List<Transaction> payments, int parallelism)
      throws Exception {
    Path in = folder.resolve(name + ".avro");
    try (DataFileWriter<Transaction> writer = EventFile.writer(in, Transaction.class)) {
      for (Transaction payment : payments) {
        writer.append(payment);
      }
    }
    Path none = folder.resolve(name + "-sightings.avro");
    EventFile.writer(none, Sighting.class).close();
    Path out = folder.resolve(name);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, JobConfiguration.bounded());
    LinksPipeline.define(
        env,
        LinkSettings.standard(),
        GraphSource.file(in, DISORDER_MS),
        sightings(none),
        LinksSink.folder(out));
    env.execute();
    List<ClusterChange> changes = new ArrayList<>();
    try (EventFile.Reader<ClusterChange> reader = EventFile.read(out, ClusterChange.class)) {
      for (ClusterChange next = reader.next(); next != null; next = reader.next()) {
        changes.add(next);
      }
    }
    return changes;
  }

  private static EventStream<Sighting> sightings(Path file) {
    return env ->
        env.fromSource(
                EventFileSource.of(file, Sighting.class),
                org.apache.flink.api.common.eventtime.WatermarkStrategy
                    .<Sighting>forMonotonousTimestamps()
                    .withTimestampAssigner((sighting, time) -> sighting.getSeenAtMs()),
                "links-sightings",
                EventTypeInformation.forEvent(Sighting.class))
            .uid("links-sightings");
  }

  private static Transaction payment(
      String id, long timeMs, String payer, String payee, String device, String address) {
    return Transaction.newBuilder()
        .setTransactionId(id)
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(timeMs)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount(payer)
        .setPayeeAccount(payee)
        .setAmountMinor(100)
        .setCurrency("EUR")
        .setDeviceId(device)
        .setIpAddress(address)
        .build();
  }
}
