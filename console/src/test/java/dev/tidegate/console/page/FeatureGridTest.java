package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureGridTest {
  @Test
  void shouldSortNamesIntoTablesByEntityWithWindowsShortestFirst() {
    FeatureGrid grid =
        FeatureGrid.of(
            List.of("account_count_30d", "account_count_1h", "account_mean_1h", "device_max_15m"),
            List.of(9f, 1f, 2f, 3f));

    assertThat(grid.tables())
        .extracting(FeatureGrid.Table::entity)
        .containsExactly("account", "device");
    FeatureGrid.Table account = grid.tables().get(0);
    assertThat(account.aggregates()).containsExactly("count", "mean");
    assertThat(account.windows()).extracting(FeatureGrid.Window::name).containsExactly("1h", "30d");
    assertThat(account.windows().get(0).values()).containsEntry("mean", 2f);
    assertThat(account.windows().get(1).values()).doesNotContainKey("mean");
    assertThat(grid.others()).isEmpty();
  }

  @Test
  void shouldListWhatHasNoWindow() {
    FeatureGrid grid =
        FeatureGrid.of(List.of("amount", "hour_of_day", "Odd Name_1h"), List.of(1f, 2f, 3f));

    assertThat(grid.tables()).isEmpty();
    assertThat(grid.others()).containsOnlyKeys("amount", "hour_of_day", "Odd Name_1h");
  }

  @Test
  void shouldPassOverNamesWithoutValues() {
    FeatureGrid grid = FeatureGrid.of(List.of("amount", "hour_of_day"), List.of(1f));

    assertThat(grid.others()).containsOnlyKeys("amount");
  }

  @Test
  void shouldTakeWindowsTooLongForANumber() {
    FeatureGrid grid = FeatureGrid.of(List.of("account_max_99999999999999999999d"), List.of(1f));

    assertThat(grid.tables().get(0).windows()).hasSize(1);
  }
}
