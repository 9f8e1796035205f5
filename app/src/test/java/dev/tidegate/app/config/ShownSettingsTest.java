package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownSettingsTest {
  private static final String SECRET = "hunter2-hunter2-hunter2";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.database.password",
        "console.database-password",
        "ingest.token-key",
        "password",
        "oidc.client_secret",
        "registry.credentials"
      })
  void shouldMaskASecretByItsName(String key) {
    Map<String, String> shown = ShownSettings.of(Map.of(key, SECRET), Map.of());

    assertThat(shown).containsEntry(key, "****");
    assertThat(shown.toString()).doesNotContain(SECRET);
  }

  @Test
  void shouldSayOnlyThatThereIsATokenKey() {
    assertThat(ShownSettings.of(Map.of(), Map.of("TIDEGATE_TOKEN_KEY", SECRET)))
        .containsEntry("TIDEGATE_TOKEN_KEY", "****");
    assertThat(ShownSettings.of(Map.of(), Map.of()))
        .containsEntry("TIDEGATE_TOKEN_KEY", "(not set)");
  }

  @Test
  void shouldShowNoOtherVariableOfTheEnvironment() {
    assertThat(ShownSettings.of(Map.of(), Map.of("PGPASS", SECRET, "HOME", "/root")))
        .containsOnlyKeys("TIDEGATE_TOKEN_KEY");
  }

  @Test
  void shouldShowEverySettingThereIsToday() {
    Map<String, String> settings = Configuration.load(null).values();

    assertThat(ShownSettings.of(settings, Map.of())).containsAllEntriesOf(settings);
  }
}
