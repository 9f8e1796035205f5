package dev.tidegate.console.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.models.ReleaseView.KnownRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseFilesTest {
  @TempDir private Path folder;

  private KnownRelease write(String card) throws IOException, NoSuchAlgorithmException {
    Files.writeString(folder.resolve("card.html"), card);
    String manifest =
        "{\"threshold\":0.5,\"metrics\":{\"a\":0.25,\"b\":\"NaN\"},\"files\":{\"card.html\":\""
            + sha(card)
            + "\"}}";
    Files.writeString(folder.resolve("manifest.json"), manifest);
    return new KnownRelease("m-1", folder.toString(), sha(manifest), false, List.of(), null, null);
  }

  private static String sha(String text) throws NoSuchAlgorithmException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void shouldReadFiguresAndCard() throws Exception {
    KnownRelease release = write("<h1>Card</h1>");
    ReleaseFiles files = new ReleaseFiles();

    assertThat(files.manifest(release).orElseThrow().number("threshold")).hasValue(0.5);
    assertThat(files.manifest(release).orElseThrow().metric("a")).hasValue(0.25);
    assertThat(files.manifest(release).orElseThrow().metric("b")).isEmpty();
    assertThat(files.card(release).orElseThrow()).asString().isEqualTo("<h1>Card</h1>");
  }

  @Test
  void shouldShowNothingThatIsNotAsItWasMade() throws Exception {
    KnownRelease release = write("<h1>Card</h1>");
    Files.writeString(folder.resolve("card.html"), "<h1>Better</h1>");
    assertThat(new ReleaseFiles().card(release)).isEmpty();

    Files.writeString(folder.resolve("manifest.json"), "{\"threshold\":0.1}");
    assertThat(new ReleaseFiles().manifest(release)).isEmpty();
    assertThat(new ReleaseFiles().card(release)).isEmpty();
  }

  @Test
  void shouldTellNothingOfAFolderThatIsElsewhere() {
    KnownRelease release =
        new KnownRelease("m-1", "s3://bucket/\0", "00", false, List.of(), null, null);
    assertThat(new ReleaseFiles().manifest(release)).isEmpty();
  }
}
