package dev.tidegate.retrain.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CohortWatchTest {
  private static final long DAY = 86_400_000;
  private static final double LEVEL = 0.05;
  private static final CohortWatch.Settings SETTINGS = new CohortWatch.Settings(DAY, 20, 2, LEVEL);

  /** 40 frauds in 4,000 payments a day, whose scores are those of others, raised. */
  private static List<CohortWatch.Reading> days(
      CohortWatch watch, SplittableRandom random, int from, int to, double raised) {
    List<CohortWatch.Reading> readings = new ArrayList<>();
    for (int day = from; day < to; day++) {
      for (int row = 0; row < 4_000; row++) {
        boolean fraud = row % 100 == 0;
        double score = Math.pow(random.nextDouble(), fraud ? 1 / raised : 2);
        CohortWatch.Reading ended = watch.observe(day * DAY + row * (DAY / 4_000), score, fraud);
        if (ended != null) {
          readings.add(ended);
        }
      }
    }
    return readings;
  }

  @Test
  void shouldKeepItsLevelWhileNothingChanges() {
    SplittableRandom random = new SplittableRandom(193);
    int dropped = 0;
    int cohorts = 0;
    for (int trial = 0; trial < 60; trial++) {
      for (CohortWatch.Reading of : days(new CohortWatch(SETTINGS), random, 0, 14, 20)) {
        if (of.filling() == null) {
          cohorts++;
          dropped += of.recall().dropped() || of.precision().dropped() ? 1 : 0;
        }
      }
    }
    assertThat(cohorts).isEqualTo(60 * 10);
    // Three deviations above what the level allows.
    double most = LEVEL * cohorts + 3 * Math.sqrt(LEVEL * (1 - LEVEL) * cohorts);
    assertThat((double) dropped).isLessThan(most);
  }

  @Test
  void shouldCallAModelThatFindsLess() {
    CohortWatch watch = new CohortWatch(SETTINGS);
    SplittableRandom random = new SplittableRandom(197);
    List<CohortWatch.Reading> before = days(watch, random, 0, 8, 50);
    assertThat(before).hasSize(7);
    assertThat(before.subList(0, 3)).allMatch(of -> of.filling() != null && of.filling() < 1);
    List<CohortWatch.Reading> after = days(watch, random, 8, 11, 3);
    CohortWatch.Reading last = after.get(after.size() - 1);
    assertThat(last.filling()).isNull();
    assertThat(last.recall().dropped()).isTrue();
    assertThat(last.recall().value()).isLessThan(last.recall().bound());
    assertThat(last.precision().dropped()).isTrue();
    assertThat(last.precision().value()).isLessThan(last.precision().bound());
    assertThat(last.rows()).isEqualTo(4_000);
  }

  /** The bound is where the test turns: a value just above it is none, one below it is a drop. */
  @Test
  void shouldDrawTheBoundWhereItsTestTurns() {
    CohortReading reference = new CohortReading(0, 0, 10_000, 200, 0.5, 120);
    double half = LEVEL / 2;
    double recall = PerformanceDrop.recallBound(reference, 40, half);
    double precision = PerformanceDrop.precisionBound(reference, 40, half);
    assertThat(drop(reference, precision + 1e-6, 40).precisionPValue()).isGreaterThan(half);
    assertThat(drop(reference, precision - 1e-6, 40).precisionPValue()).isLessThan(half);
    double found = Math.rint(recall * 40);
    assertThat(drop(reference, 0.5, found).recallPValue()).isGreaterThanOrEqualTo(half);
    assertThat(drop(reference, 0.5, found - 1).recallPValue()).isLessThan(half);
    assertThat(drop(reference, 1e-5, 40).dropped()).as("a collapse").isTrue();
  }

  private static PerformanceDrop drop(CohortReading reference, double precision, double found) {
    return PerformanceDrop.between(
        reference, new CohortReading(0, 0, 2_000, 40, precision, found), LEVEL);
  }

  @Test
  void shouldWaitUntilACohortHoldsEnoughFrauds() {
    CohortWatch watch = new CohortWatch(SETTINGS);
    for (int day = 0; day < 10; day++) {
      for (int row = 0; row < 5; row++) {
        CohortWatch.Reading ended = watch.observe(day * DAY + row, 0.5, true);
        assertThat(ended == null).isEqualTo(row > 0 || (day != 4 && day != 8));
      }
    }
  }

  @Test
  void shouldGoOnFromItsBytes() {
    CohortWatch undisturbed = new CohortWatch(SETTINGS);
    CohortWatch killed = new CohortWatch(SETTINGS);
    days(undisturbed, new SplittableRandom(199), 0, 6, 20);
    days(killed, new SplittableRandom(199), 0, 6, 20);
    ByteBuffer bytes = ByteBuffer.allocate(killed.byteSize());
    killed.write(bytes);
    CohortWatch again = new CohortWatch(SETTINGS);
    again.restore(bytes.flip());
    assertThat(days(again, new SplittableRandom(211), 6, 9, 20))
        .isEqualTo(days(undisturbed, new SplittableRandom(211), 6, 9, 20));
  }

  @Test
  void shouldRefuseALevelThatIsNone() {
    assertThatThrownBy(() -> new CohortWatch.Settings(DAY, 20, 2, 0))
        .hasMessageContaining("a level in (0, 1)");
  }
}
