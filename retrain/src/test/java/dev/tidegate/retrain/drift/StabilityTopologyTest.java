package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourCounts;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.streams.TestInputTopic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StabilityTopologyTest {
  private static final long HOUR = HourOfWeek.HOUR_MS;
  private static final int A_HOUR = 300;
  private static final int REACH_HOURS = 10;
  private static final List<String> NAMES = List.of("hour_of_day", "amount", "unwatched");
  private static final List<FeatureReference> REFERENCES = references();
  private static final StabilityTopology.Watched WATCHED = watched(1);

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final SplittableRandom random = new SplittableRandom(233);
  @TempDir private Path stateDir;
  private DriftTopic topic;
  private TestInputTopic<byte[], byte[]> in;
  private EventCodec<FeatureVector> vectors;

  @BeforeEach
  void open() {
    topic = new DriftTopic(StabilityTopology.define(WATCHED, registry), registry, stateDir);
    in = topic.input(Topics.FEATURES);
    vectors = topic.codec(Topics.FEATURES, FeatureVector.class);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  private static StabilityTopology.Watched watched(int partitions) {
    StabilityTopology.Watched watched =
        StabilityTopology.Watched.of(
            new StabilityTopology.Release("r1", "d1", NAMES),
            REFERENCES,
            Set.of("hour_of_day"),
            StabilityTopology.How.of(PageBudget.aQuarter(13, 10), REACH_HOURS * HOUR, partitions));
    if (watched == null) {
      throw new IllegalStateException("there is a reference");
    }
    return watched;
  }

  private static List<FeatureReference> references() {
    SplittableRandom random = new SplittableRandom(239);
    int rows = 2 * HourOfWeek.HOURS * A_HOUR;
    double[] amounts = new double[rows];
    double[] hours = new double[rows];
    long[] times = new long[rows];
    List<@Nullable String> channels = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      times[row] = row * (HOUR / A_HOUR);
      amounts[row] = random.nextDouble();
      hours[row] = 3;
      channels.add(random.nextBoolean() ? "card" : "web");
    }
    return List.of(
        FeatureReference.numeric("hour_of_day", hours, times),
        FeatureReference.numeric("amount", amounts, times),
        FeatureReference.categorical("payment.channel", channels, times, 10));
  }

  /** Hours [from, to); amounts are shifted, a share of payments comes by another channel. */
  private void pay(int from, int to, double shift, String channel) {
    for (long row = (long) from * A_HOUR; row < (long) to * A_HOUR; row++) {
      long timeMs = row * (HOUR / A_HOUR);
      float amount = (float) (random.nextDouble() + shift);
      String by = random.nextBoolean() ? "card" : channel;
      in.pipeInput(
          new byte[] {1},
          vectors.encode(
              DriftTopic.vector(
                  DriftTopic.payment("t" + row, timeMs, by),
                  "d1",
                  List.of(timeMs / (float) HOUR % 24, amount, 0f))));
    }
  }

  @Test
  void shouldCompareOnceTheStreamFillsWindowsAndStaySteady() {
    pay(0, REACH_HOURS, 0.5, "atm");
    pay(REACH_HOURS, 60, 0, "web");
    List<DriftMeasurement> panel = topic.readings();
    assertThat(panel).hasSize(59).allMatch(of -> of.getSubject().equals("most-moved"));
    // The first hundred payments end a third into hour 0, so hour 10 is not yet full.
    assertThat(panel.subList(0, REACH_HOURS))
        .allMatch(of -> of.getFilling() != null && !of.getDrifted());
    assertThat(panel.subList(REACH_HOURS + 1, 59))
        .allMatch(of -> of.getFilling() == null && of.getSamples() == A_HOUR)
        .allMatch(of -> of.getStatistic() < of.getThreshold());
  }

  @Test
  void shouldNameTheFeatureThatMovedAfterThreeHoursAndSayWhenItIsOver() {
    pay(0, 20, 0, "web");
    assertThat(topic.readings("feature-psi")).isEmpty();
    pay(20, 25, 0.4, "web");
    pay(25, 28, 0, "web");
    List<DriftMeasurement> moved = topic.readings("feature-psi");
    assertThat(moved).allMatch(of -> of.getSubject().equals("amount"));
    assertThat(moved)
        .extracting(DriftMeasurement::getWindowStartMs)
        .containsExactly(20 * HOUR, 21 * HOUR, 22 * HOUR, 23 * HOUR, 24 * HOUR, 25 * HOUR);
    assertThat(moved)
        .extracting(DriftMeasurement::getDrifted)
        .containsExactly(false, false, true, true, true, false);
    assertThat(moved.get(0).getStatistic()).isGreaterThan(moved.get(0).getThreshold());
    assertThat(moved.get(0).getPValue()).isLessThan(1e-6);
  }

  @Test
  void shouldNameAPartOfThePaymentWithAValueTheReleaseNeverSaw() {
    pay(0, 15, 0, "web");
    pay(15, 20, 0, "crypto");
    assertThat(topic.readings("feature-psi"))
        .filteredOn(DriftMeasurement::getDrifted)
        .isNotEmpty()
        .allMatch(of -> of.getSubject().equals("payment.channel"));
  }

  @Test
  void shouldPassOverVectorsOfAnotherCatalogue() {
    for (int row = 0; row < 1_000; row++) {
      in.pipeInput(
          new byte[] {1},
          vectors.encode(
              DriftTopic.vector(
                  DriftTopic.payment("t" + row, row * HOUR, "card"), "d2", List.of(1f))));
    }
    assertThat(topic.readings()).isEmpty();
  }

  @Test
  void shouldGoOnFromItsBytes() {
    pay(0, 30, 0, "web");
    byte[] kept = topic.driver().<String, byte[]>getKeyValueStore(PanelProcessor.STORE).get("r1");
    HourPanel again = new HourPanel(WATCHED);
    again.restore(kept);
    assertThat(again.bytes()).isEqualTo(kept);
  }

  /** Partition 1 is two hours behind, then silent. */
  @Test
  void shouldWaitForPartitionsThatAreBehindButNotForEver() {
    HourPanel panel = new HourPanel(watched(2));
    assertThat(add(panel, 0, 1)).isEmpty();
    assertThat(add(panel, 1, 1)).isEmpty();
    assertThat(add(panel, 0, 3)).isEmpty();
    List<HourPanel.Ended> ended = add(panel, 1, 2);
    assertThat(ended).singleElement().satisfies(of -> assertThat(of.rows()).isEqualTo(2));
    assertThat(add(panel, 0, 2 + HourPanel.MOST_BEHIND)).isEmpty();
    ended = add(panel, 0, 4 + HourPanel.MOST_BEHIND);
    assertThat(ended).extracting(HourPanel.Ended::hour).containsExactly(2L, 3L);
    assertThat(add(panel, 1, 3)).as("too late").isEmpty();
  }

  private static List<HourPanel.Ended> add(HourPanel panel, int partition, long hour) {
    return panel.add(partition, hour, counts(hour), at -> true);
  }

  private static HourCounts counts(long hour) {
    HourCounts counts = new HourCounts(hour, WATCHED.all());
    counts.add(new byte[] {0, 0});
    return counts;
  }

  @Test
  void shouldNotBeBlindedByAPaymentOfAnotherDecade() {
    pay(0, 30, 0, "web");
    topic.readings();
    in.pipeInput(
        new byte[] {1},
        vectors.encode(
            DriftTopic.vector(
                DriftTopic.payment("stray", 10 * 365 * 24 * HOUR, "web"),
                "d1",
                List.of(1f, 0.5f, 0f))));
    assertThat(topic.readings()).isEmpty();
    pay(30, 50, 0.5, "web");
    List<DriftMeasurement> panel = topic.readings("feature-panel");
    assertThat(panel).hasSize(20).allMatch(of -> of.getSamples() == A_HOUR);
    assertThat(panel.get(19).getDrifted()).isTrue();
  }
}
