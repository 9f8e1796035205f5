package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FairnessWatchTest {
  private static final long WEEK = 7 * 86_400_000L;
  private static final List<String> GROUPS = List.of("DE", "FR", "PL", "RO");

  /** Each group stopped at 2 %, the last at {@code last}; of the matured none was fraud. */
  private static List<FairnessReading> week(
      FairnessWatch watch, SplittableRandom random, int week, int rows, double last) {
    List<FairnessReading> readings = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      String group = GROUPS.get(row % GROUPS.size());
      boolean stopped = random.nextDouble() < (group.equals("RO") ? last : 0.02);
      long timeMs = week * WEEK + row;
      readings.addAll(watch.decided(timeMs, group, stopped).groups());
      readings.addAll(watch.matured(timeMs - WEEK, group, stopped, false).groups());
    }
    return readings;
  }

  @Test
  void shouldNotCallGroupsThatAreTreatedAlikeMoreOftenThanItsLevel() {
    SplittableRandom random = new SplittableRandom(223);
    FairnessWatch watch = new FairnessWatch(WEEK, 0.05, 7);
    int weeks = 400;
    int called = 0;
    for (int week = 0; week < weeks; week++) {
      called +=
          week(watch, random, week, 4_000, 0.02).stream().anyMatch(FairnessReading::breached)
              ? 1
              : 0;
    }
    assertThat(called).isLessThan((int) (0.05 * weeks + 3 * Math.sqrt(0.05 * 0.95 * weeks)));
  }

  @Test
  void shouldNameAGroupThatIsStoppedWronglyMoreOften() {
    SplittableRandom random = new SplittableRandom(227);
    FairnessWatch watch = new FairnessWatch(WEEK, 0.001, 7);
    assertThat(week(watch, random, 0, 40_000, 0.06)).isEmpty();
    List<FairnessReading> ended = week(watch, random, 1, 8, 0.06);
    assertThat(ended).hasSize(2 * GROUPS.size());
    assertThat(ended)
        .filteredOn(FairnessReading::breached)
        .singleElement()
        .satisfies(
            of -> {
              assertThat(of.group()).isEqualTo("RO");
              assertThat(of.measure()).isEqualTo(FairnessMeasure.FALSE_POSITIVE_RATIO);
              assertThat(of.low()).isGreaterThan(of.limit());
            });
  }

  @Test
  void shouldTakeGroupsBeyondItsBoundAsOne() {
    FairnessWatch watch = new FairnessWatch(WEEK, 0.01, 7);
    for (int group = 0; group < 3 * FairnessWatch.MOST; group++) {
      watch.decided(group, "g" + group, false);
    }
    List<FairnessReading> ended = watch.decided(WEEK, "g0", false).groups();
    assertThat(ended).hasSize(FairnessWatch.MOST + 1);
    assertThat(ended)
        .filteredOn(of -> of.group().equals(FairnessWatch.REST))
        .singleElement()
        .satisfies(of -> assertThat(of.rows()).isEqualTo(2L * FairnessWatch.MOST));
  }

  @Test
  void shouldGoOnFromItsBytes() {
    FairnessWatch killed = new FairnessWatch(WEEK, 0.01, 7);
    FairnessWatch undisturbed = new FairnessWatch(WEEK, 0.01, 7);
    week(killed, new SplittableRandom(229), 0, 1_000, 0.1);
    week(undisturbed, new SplittableRandom(229), 0, 1_000, 0.1);
    ByteBuffer bytes = ByteBuffer.allocate(killed.byteSize());
    killed.write(bytes);
    FairnessWatch again = new FairnessWatch(WEEK, 0.01, 7);
    again.restore(bytes.flip());
    assertThat(again.decided(WEEK, "DE", false)).isEqualTo(undisturbed.decided(WEEK, "DE", false));
    assertThatThrownBy(() -> new FairnessWatch(0, 0.1, 7)).hasMessageContaining("a window");
  }

  @Test
  void shouldNotMixWhatAnotherGroupingCounted() {
    FairnessWatch byCountry = new FairnessWatch(WEEK, 0.01, 7);
    week(byCountry, new SplittableRandom(229), 0, 1_000, 0.1);
    ByteBuffer bytes = ByteBuffer.allocate(byCountry.byteSize());
    byCountry.write(bytes);
    FairnessWatch byChannel = new FairnessWatch(WEEK, 0.01, 8);
    byChannel.restore(bytes.flip());
    assertThat(bytes.remaining()).as("bytes of the next one").isZero();
    byChannel.decided(1, "card", false);
    assertThat(byChannel.decided(WEEK, "card", false).groups())
        .extracting(FairnessReading::group)
        .doesNotContain("DE");
  }
}
