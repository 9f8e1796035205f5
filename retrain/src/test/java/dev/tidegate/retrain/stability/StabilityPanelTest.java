package dev.tidegate.retrain.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StabilityPanelTest {
  private static final long WEEK = HourOfWeek.HOURS * HourOfWeek.HOUR_MS;
  private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
  private static final int A_HOUR = 300;
  private static final List<String> CHANNELS = List.of("card", "card", "web", "atm");

  /** An amount that is another by day than by night, one payment in fifty without one. */
  private static float amount(SplittableRandom random, long timeMs, double shift) {
    double day = HourOfWeek.of(timeMs) % 24 < 12 ? 0 : 2;
    double normal = random.nextDouble() + random.nextDouble() + random.nextDouble();
    return random.nextInt(50) == 0 ? Float.NaN : (float) (normal + day + shift);
  }

  private static @Nullable String channel(SplittableRandom random, @Nullable String fresh) {
    int at = random.nextInt(10);
    return at == 9 ? fresh : at == 8 ? null : CHANNELS.get(at % CHANNELS.size());
  }

  private static List<FeatureReference> numeric(SplittableRandom random, int weeks) {
    int rows = weeks * HourOfWeek.HOURS * A_HOUR;
    double[] values = new double[rows];
    long[] times = new long[rows];
    for (int i = 0; i < rows; i++) {
      times[i] = START - weeks * WEEK + i * (HourOfWeek.HOUR_MS / A_HOUR);
      values[i] = amount(random, times[i], 0);
    }
    return List.of(FeatureReference.numeric("amount", values, times));
  }

  private static List<FeatureReference> categorical(SplittableRandom random) {
    int rows = 40_000;
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(channel(random, "card"));
    }
    return List.of(FeatureReference.categorical("channel", values, new long[rows], 10));
  }

  private static List<StabilityReading> hours(
      StabilityPanel panel, SplittableRandom random, int from, int to, double shift) {
    List<StabilityReading> readings = new ArrayList<>();
    for (long i = (long) from * A_HOUR; i < (long) to * A_HOUR; i++) {
      long timeMs = START + i * (HourOfWeek.HOUR_MS / A_HOUR);
      readings.addAll(
          panel.observe(
              timeMs,
              new float[] {amount(random, timeMs, shift)},
              channel(random, shift == 0 ? "card" : "new")));
    }
    return readings;
  }

  @Test
  void shouldCompareWithTheSameHourOfTheWeek() {
    SplittableRandom random = new SplittableRandom(79);
    StabilityPanel panel =
        new StabilityPanel(numeric(random, 3), categorical(random), PanelSettings.atLevel(0.001));
    List<StabilityReading> readings = hours(panel, random, 0, 24 * 7, 0);
    assertThat(readings).hasSize(2 * (24 * 7 - 1)).noneMatch(StabilityReading::pages);
    // Against all hours together the same payments are another distribution by day and by night.
    assertThat(readings)
        .filteredOn(r -> r.feature().equals("amount"))
        .allMatch(r -> r.psi() < 0.2 && r.noneShare() < 0.07);
  }

  @Test
  void shouldPageOnceForAFeatureThatStaysAway() {
    SplittableRandom random = new SplittableRandom(83);
    StabilityPanel panel =
        new StabilityPanel(numeric(random, 3), categorical(random), PanelSettings.atLevel(0.001));
    hours(panel, random, 0, 10, 0);
    List<StabilityReading> readings = hours(panel, random, 10, 20, 0.8);
    assertThat(readings).filteredOn(StabilityReading::pages).hasSize(2);
    StabilityReading page =
        readings.stream().filter(StabilityReading::pages).findFirst().orElseThrow();
    assertThat(page.streak()).isEqualTo(3);
    assertThat(page.hourStartMs()).isEqualTo(START + 12 * HourOfWeek.HOUR_MS);
    assertThat(page.psi()).isGreaterThan(page.threshold());
    StabilityReading channel = readings.get(readings.size() - 1);
    assertThat(channel.feature()).isEqualTo("channel");
    assertThat(channel.unseenShare()).isBetween(0.05, 0.16);
    assertThat(channel.noneShare()).isBetween(0.04, 0.16);
  }

  /** With the floor left out, any rejection an hour is as rare as the level says. */
  @Test
  void shouldRejectNoMoreOftenThanItsLevelOverAllFeatures() {
    SplittableRandom random = new SplittableRandom(89);
    int features = 20;
    List<FeatureReference> references = new ArrayList<>();
    for (int f = 0; f < features; f++) {
      double[] values = random.doubles(20_000).toArray();
      references.add(FeatureReference.numeric("f" + f, values, new long[values.length]));
    }
    StabilityPanel panel =
        new StabilityPanel(references, List.of(), new PanelSettings(0.1, 0, 1, 110));
    int hours = 1_000;
    int rejected = 0;
    for (int hour = 0; hour < hours; hour++) {
      for (int row = 0; row < 400; row++) {
        float[] values = new float[features];
        for (int f = 0; f < features; f++) {
          values[f] = (float) random.nextDouble();
        }
        panel.observe(hour * HourOfWeek.HOUR_MS, values);
      }
      rejected += panel.end().stream().anyMatch(r -> r.streak() > 0) ? 1 : 0;
    }
    assertThat((double) rejected / hours).isBetween(0.04, 0.1 + 4 * Math.sqrt(0.1 / hours));
  }

  @Test
  void shouldPassOverHoursThatAreGoneOrTooThin() {
    StabilityPanel panel =
        new StabilityPanel(
            numeric(new SplittableRandom(97), 1), List.of(), PanelSettings.atLevel(0.01));
    panel.observe(START + HourOfWeek.HOUR_MS, new float[] {1});
    assertThat(panel.observe(START, new float[] {1})).isEmpty();
    assertThat(panel.late()).isEqualTo(1);
    assertThat(panel.observe(START + 2 * HourOfWeek.HOUR_MS, new float[] {1})).isEmpty();
    assertThatThrownBy(() -> panel.observe(START, new float[2]))
        .hasMessageContaining("1 numbers and 0 texts was given 2 and 0");
  }

  @Test
  void shouldGoOnFromItsBytes() {
    SplittableRandom whole = new SplittableRandom(101);
    List<FeatureReference> numeric = numeric(new SplittableRandom(103), 1);
    List<FeatureReference> texts = categorical(new SplittableRandom(107));
    StabilityPanel panel = new StabilityPanel(numeric, texts, PanelSettings.atLevel(0.01));
    hours(panel, whole, 0, 2, 0.5);
    ByteBuffer bytes = ByteBuffer.allocate(panel.byteSize());
    panel.write(bytes);
    assertThat(bytes.remaining()).isZero();
    StabilityPanel again = new StabilityPanel(numeric, texts, PanelSettings.atLevel(0.01));
    again.restore(bytes.flip());
    assertThat(again.end()).isEqualTo(panel.end()).isNotEmpty();
  }

  @Test
  void shouldNumberHoursFromMonday() {
    assertThat(HourOfWeek.of(START)).isZero();
    assertThat(HourOfWeek.of(START - 1)).isEqualTo(167);
    assertThat(HourOfWeek.of(0)).isEqualTo(72);
    assertThat(HourOfWeek.of(-1)).isEqualTo(71);
  }

  /** Benjamini and Hochberg's own rule on a list by hand: at 0.05 the first two of four. */
  @Test
  void shouldCutWhereTheLastSmallEnoughOneLies() {
    double[] pValues = {0.04, 0.01, 0.5, 0.024};
    assertThat(BenjaminiHochberg.cut(pValues, 0.05)).isCloseTo(0.025, within(1e-12));
    assertThat(BenjaminiHochberg.cut(new double[] {0.5, 0.9}, 0.05)).isEqualTo(0.025);
    assertThat(BenjaminiHochberg.cut(new double[] {0.04, 0.05}, 0.05)).isEqualTo(0.05);
  }

  @Test
  void shouldKeepRareCategoriesInTheCellOfTheUnseen() {
    CategoryCells cells = CategoryCells.mostFrequent(List.of("b", "a", "b", "c", "c", "c"), 2);
    assertThat(cells.size()).isEqualTo(4);
    assertThat(cells.cell("c")).isZero();
    assertThat(cells.cell("a")).isEqualTo(cells.unseen());
    assertThat(cells.cell(null)).isEqualTo(cells.none());
  }
}
