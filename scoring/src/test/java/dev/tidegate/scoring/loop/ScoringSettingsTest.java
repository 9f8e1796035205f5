package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.scoring.decide.OutcomePolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScoringSettingsTest {
  private final ScoringSettings settings = ScoringSettings.at("h:9092", new InMemoryRegistry());

  @Test
  void shouldRememberIdsForAsLongAsVectorsAreKept() {
    assertThat(settings.horizon()).isEqualTo(Duration.ofDays(Topics.FEATURES.retention().days()));
  }

  @Test
  void shouldHoldByDefault() {
    assertThat(settings.policy()).isEqualTo(OutcomePolicy.HOLD_ALL);
  }

  @Test
  void shouldRefuseABatchOfNothing() {
    assertThatThrownBy(() -> settings.withMaxBatch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scoring: maxBatch must be 1 to 100000, not 0");
  }

  @Test
  void shouldRefuseMissingAddresses() {
    assertThatThrownBy(() -> ScoringSettings.at(" ", new InMemoryRegistry()))
        .hasMessageContaining("bootstrapServers");
  }
}
