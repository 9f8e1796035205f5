package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.links.IdentifierKind;
import dev.tidegate.graphaml.links.KindRule;
import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The operator across checkpoints. The fixture is what version 1 wrote after half of the sightings;
 * it is written by {@code -Dtidegate.fixture.write=true}, once for each version, and never changed.
 */
@SuppressWarnings("try") // the harness closes with any exception
class LinksOperatorTest {
  private static final Path VERSION_1 = Path.of("src/test/resources/state/links-version-1.bin");
  private static final LinkSettings SETTINGS =
      new LinkSettings(
          Map.of(
              IdentifierKind.DEVICE, new KindRule(1, 4, 6, 4_000),
              IdentifierKind.IP, new KindRule(0.5, 5, 8, 1_000),
              IdentifierKind.PHONE, new KindRule(0.5, 5, 8, 9_000)),
          1);
  private static final List<Sighting> SIGHTINGS = sightings(600);
  private static final int HALF = 300;

  private static List<Sighting> sightings(int count) {
    Random random = new Random(11);
    List<Sighting> sightings = new ArrayList<>();
    long timeMs = 1_000;
    var kinds =
        List.of(
            dev.tidegate.schemas.event.IdentifierKind.DEVICE,
            dev.tidegate.schemas.event.IdentifierKind.IP,
            dev.tidegate.schemas.event.IdentifierKind.PHONE,
            dev.tidegate.schemas.event.IdentifierKind.OTHER);
    for (int i = 0; i < count; i++) {
      timeMs += random.nextInt(60);
      sightings.add(
          Sighting.newBuilder()
              .setMember("member-" + random.nextInt(40))
              .setKind(kinds.get(random.nextInt(kinds.size())))
              .setValue("value-" + random.nextInt(25))
              .setSeenAtMs(timeMs)
              .setSource("test")
              .build());
    }
    return sightings;
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Sighting, ClusterChange> harness(
      LinkSettings settings) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LinksOperator(settings), sighting -> LinksOperator.KEY, Types.INT, 1, 1, 0);
    harness.setStateBackend(new HashMapStateBackend());
    harness.setup(
        EventTypeInformation.forEvent(ClusterChange.class)
            .createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<Integer, Sighting, ClusterChange> harness,
      List<Sighting> sightings)
      throws Exception {
    for (Sighting sighting : sightings) {
      harness.processElement(sighting, sighting.getSeenAtMs());
      harness.processWatermark(new Watermark(sighting.getSeenAtMs() - 100));
    }
  }

  @BeforeAll
  static void write() throws Exception {
    if (Boolean.getBoolean("tidegate.fixture.write")) {
      Files.createDirectories(VERSION_1.getParent());
      OperatorSnapshotUtil.writeStateHandle(halfway(new ArrayList<>()), VERSION_1.toString());
    }
  }

  private static OperatorSubtaskState halfway(List<ClusterChange> told) throws Exception {
    try (var harness = harness(SETTINGS)) {
      harness.open();
      feed(harness, SIGHTINGS.subList(0, HALF / 2));
      harness.snapshot(1, 1); // what changed before it must not be written again, nor be lost
      feed(harness, SIGHTINGS.subList(HALF / 2, HALF));
      OperatorSubtaskState state = harness.snapshot(2, 2);
      told.addAll(harness.extractOutputValues());
      return state;
    }
  }

  private static List<ClusterChange> goneOn(OperatorSubtaskState state, LinkSettings settings)
      throws Exception {
    try (var harness = harness(settings)) {
      harness.initializeState(state);
      harness.open();
      feed(harness, SIGHTINGS.subList(HALF, SIGHTINGS.size()));
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return new ArrayList<>(harness.extractOutputValues());
    }
  }

  private static List<ClusterChange> unbroken() throws Exception {
    try (var harness = harness(SETTINGS)) {
      harness.open();
      feed(harness, SIGHTINGS);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      return new ArrayList<>(harness.extractOutputValues());
    }
  }

  @Test
  void shouldGoOnAfterACheckpointAsIfNothingHadHappened() throws Exception {
    List<ClusterChange> told = new ArrayList<>();
    OperatorSubtaskState state = halfway(told);
    told.addAll(goneOn(state, SETTINGS));

    assertThat(told).isEqualTo(unbroken());
    assertThat(told).extracting(ClusterChange::getChange).contains(ClusterStep.values());
  }

  @Test
  void shouldReadStateOfVersion1() throws Exception {
    List<ClusterChange> told = new ArrayList<>();
    halfway(told);
    told.addAll(goneOn(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()), SETTINGS));

    assertThat(told).isEqualTo(unbroken());
  }

  @Test
  void shouldGoOnUnderOtherSettings() throws Exception {
    LinkSettings devices =
        new LinkSettings(
            Map.of(IdentifierKind.DEVICE, SETTINGS.rules().get(IdentifierKind.DEVICE)), 1);

    List<ClusterChange> told =
        goneOn(OperatorSnapshotUtil.readStateHandle(VERSION_1.toString()), devices);

    assertThat(told).isNotEmpty();
    assertThat(told.stream().flatMap(change -> change.getLinks().stream()))
        .allSatisfy(link -> assertThat(link.getReasons()).allMatch(LinksOperatorTest::isDevice));
  }

  private static boolean isDevice(dev.tidegate.schemas.event.LinkReason reason) {
    return reason.getKind() == dev.tidegate.schemas.event.IdentifierKind.DEVICE;
  }
}
