package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.ShippedFeatures;
import dev.tidegate.console.page.FeatureGrid.Entity;
import dev.tidegate.console.page.FeatureGrid.Feature;
import dev.tidegate.console.page.FeatureGrid.Row;
import dev.tidegate.console.page.FeatureGrid.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureGridTest {
  @Test
  void shouldSortNamesIntoTablesByEntityWithWindowsShortestFirst() {
    FeatureGrid grid =
        FeatureGrid.of(
            List.of("account_mean_30d", "account_count_1h", "account_mean_1h", "device_max_15m"),
            List.of(9f, 1f, 2f, 3f));

    assertThat(grid.entities()).extracting(Entity::name).containsExactly("account", "device");
    Entity account = grid.entities().get(0);
    assertThat(account.windows()).extracting(Window::name).containsExactly("1h", "30d");
    assertThat(account.rows()).extracting(Row::feature).containsExactly("count", "mean");
    assertThat(account.rows().get(0).cells()).doesNotContainKey(account.windows().get(1));
    assertThat(account.rows().get(1).cells().values())
        .extracting(Feature::value)
        .containsExactly(2f, 9f);
    assertThat(grid.payment()).isEmpty();
  }

  @Test
  void shouldSetWhatHasNoWindowApartFromThePayment() {
    FeatureGrid grid =
        FeatureGrid.of(
            List.of("amount", "card_time_since", "Odd Name_1h", "amount_per_card_mean_7d"),
            List.of(1f, 2f, 3f, 4f));

    assertThat(grid.payment()).extracting(Feature::name).containsExactly("amount", "Odd Name_1h");
    assertThat(grid.entities().get(0).windows()).containsExactly(Window.EVER);
    assertThat(grid.ratios()).extracting(Feature::name).containsExactly("amount_per_card_mean_7d");
  }

  @Test
  void shouldFoldAwayEntitiesOfWhichNothingIsKnown() {
    FeatureGrid grid =
        FeatureGrid.of(
            List.of("card_count_1h", "ip_count_1h", "card_time_since"),
            List.of(Float.NaN, 0f, Float.NaN));

    assertThat(grid.entities()).extracting(Entity::name).containsExactly("ip");
    assertThat(grid.silent()).containsExactly("card");
  }

  @Test
  void shouldPassOverNamesWithoutValues() {
    FeatureGrid grid = FeatureGrid.of(List.of("amount", "hour_of_day"), List.of(1f));

    assertThat(grid.payment()).extracting(Feature::name).containsExactly("amount");
  }

  @Test
  void shouldTakeWindowsTooLongForANumber() {
    FeatureGrid grid = FeatureGrid.of(List.of("account_max_99999999999999999999d"), List.of(1f));

    assertThat(grid.entities().get(0).windows()).hasSize(1);
  }

  @Test
  void shouldPlaceEveryShippedFeatureOnceAndKnowWhatItMeasures() {
    List<String> names = ShippedFeatures.NAMES;

    FeatureGrid grid = FeatureGrid.of(names, Collections.nCopies(names.size(), 1f));

    List<String> placed = new ArrayList<>();
    grid.payment().forEach(feature -> placed.add(feature.name()));
    grid.ratios().forEach(feature -> placed.add(feature.name()));
    for (Entity entity : grid.entities()) {
      for (Row row : entity.rows()) {
        assertThat(FeatureMeasure.of(row.feature()))
            .as(row.feature())
            .isNotEqualTo(FeatureMeasure.OTHER);
        row.cells().values().forEach(feature -> placed.add(feature.name()));
      }
    }
    assertThat(placed).hasSizeGreaterThan(130).containsExactlyInAnyOrderElementsOf(names);
    assertThat(grid.entities())
        .extracting(Entity::name)
        .containsExactlyInAnyOrder(
            "account", "customer", "card", "counterparty", "device", "ip", "terminal", "corridor");
  }
}
