package dev.tidegate.retrain.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** References that were written compare as those they were made from. */
final class ReferenceFileTest {
  private static final int ROWS = 5_000;

  @Test
  void shouldGiveBackEveryCountAndEveryEdge() {
    List<FeatureReference> made = references();
    byte[] written = ReferenceFile.write(made);
    List<FeatureReference> read = ReferenceFile.read(written);

    assertThat(ReferenceFile.write(read)).isEqualTo(written);
    assertThat(read).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(read.get(i).name()).isEqualTo(made.get(i).name());
      assertThat(read.get(i).nullRate()).isEqualTo(made.get(i).nullRate());
      for (int hour = 0; hour < HourOfWeek.HOURS; hour++) {
        assertThat(read.get(i).histogram().at(hour, 10))
            .isEqualTo(made.get(i).histogram().at(hour, 10));
      }
    }
    assertThat(read.get(0).bins().edges()).isEqualTo(made.get(0).bins().edges());
    CategoryCells cells = read.get(1).categories();
    assertThat(cells.cell("v0")).isEqualTo(made.get(1).categories().cell("v0"));
    assertThat(cells.cell("never seen")).isEqualTo(cells.unseen());
    assertThat(cells.cell(null)).isEqualTo(cells.none());
  }

  @Test
  void shouldRefuseCountsThatDoNotFit() {
    assertRefused(
        "{\"features\":[{\"name\":\"a\",\"categories\":[\"x\"],\"hours\":{\"0\":[1,2]}}]}",
        "3 cells");
    assertRefused(
        "{\"features\":[{\"name\":\"a\",\"categories\":[\"x\"],\"hours\":{\"168\":[1,2,3]}}]}",
        "hour of the week 168");
    assertRefused(
        "{\"features\":[{\"name\":\"a\",\"categories\":[\"x\"],\"hours\":{\"1\":[1,-2,3]}}]}",
        "no number of rows");
    assertRefused("not JSON", "is no JSON");
  }

  private static void assertRefused(String json, String why) {
    assertThatThrownBy(() -> ReferenceFile.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static List<FeatureReference> references() {
    Random random = new Random(2);
    double[] numbers = new double[ROWS];
    List<@Nullable String> words = new ArrayList<>();
    long[] times = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      numbers[i] = i % 9 == 0 ? Double.NaN : random.nextGaussian();
      words.add(i % 7 == 0 ? null : "v" + random.nextInt(30));
      times[i] = i * 1_800_000L;
    }
    return List.of(
        FeatureReference.numeric("amount", numbers, times),
        FeatureReference.categorical("payment.channel", words, times, 12));
  }
}
