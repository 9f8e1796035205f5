package dev.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CardTokenKeyTest {
  @TempDir private Path folder;

  @Test
  void shouldRefuseAKeyThatIsTooShortAndSayWhereItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("token.key"), "short\n");

    assertThatThrownBy(() -> CardTokenKey.check(Map.of("TIDEGATE_TOKEN_KEY", "abc"), file))
        .isInstanceOf(Refused.class)
        .hasMessage("TIDEGATE_TOKEN_KEY: the token key has 3 bytes; it needs at least 16");
    assertThatThrownBy(() -> CardTokenKey.check(Map.of(), file))
        .isInstanceOf(Refused.class)
        .hasMessage(file + ": the token key has 5 bytes; it needs at least 16");
  }

  @Test
  void shouldMakeAFileOnlyWhenTheKeyIsNeeded() {
    Path file = folder.resolve("token.key");

    CardTokenKey.check(Map.of(), file);
    assertThat(file).doesNotExist();

    String fingerprint = CardTokenKey.resolve(Map.of(), file).fingerprint();
    assertThat(CardTokenKey.resolve(Map.of(), file).fingerprint()).isEqualTo(fingerprint);
  }
}
