package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokeniserTest {
  /** RFC 4231, test case 1: the key is 20 bytes of 0x0b. */
  private static final byte[] RFC_KEY = "\u000b".repeat(20).getBytes(StandardCharsets.US_ASCII);

  @Test
  void shouldBeTheFirstHalfOfHmacSha256() {
    Tokeniser tokeniser = new Tokeniser(TokenKey.of(RFC_KEY));
    assertThat(tokeniser.ofCardNumber("Hi There")).isEqualTo("b0344c61d8db38535ca8afceaf0bf12b");
  }

  @Test
  void shouldKeepCardNumbersAndCardIdsApart() {
    Tokeniser tokeniser = new Tokeniser(TokenKey.of(RFC_KEY));
    assertThat(tokeniser.ofCardId("4111111111111111"))
        .hasSize(32)
        .isNotEqualTo(tokeniser.ofCardNumber("4111111111111111"));
  }

  @Test
  void shouldTakeTheKeyFromTheEnvironmentFirst(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("token.key");
    Map<String, String> environment = Map.of(TokenKey.VARIABLE, "a key of the environment");

    TokenKey key = TokenKey.resolve(environment, file);

    assertThat(key.fingerprint())
        .isEqualTo(
            TokenKey.of("a key of the environment".getBytes(StandardCharsets.UTF_8)).fingerprint());
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldMakeAKeyFileForItsOwnerAloneAndKeepIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("keys").resolve("token.key");

    String first = TokenKey.resolve(Map.of(), file).fingerprint();
    String second = TokenKey.resolve(Map.of(), file).fingerprint();

    assertThat(first).hasSize(16).isEqualTo(second);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldRefuseAShortKeyAndNeverPrintOne() {
    assertThatThrownBy(() -> TokenKey.of("short".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("at least 16");
    assertThat(TokenKey.of(RFC_KEY)).hasToString("TokenKey(****)");
  }
}
