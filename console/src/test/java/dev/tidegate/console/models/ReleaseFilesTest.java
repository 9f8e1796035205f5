package dev.tidegate.console.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
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
    ReleaseFiles files = new ReleaseFiles(null);

    assertThat(files.manifest(release).orElseThrow().number("threshold")).hasValue(0.5);
    assertThat(files.manifest(release).orElseThrow().metric("a")).hasValue(0.25);
    assertThat(files.manifest(release).orElseThrow().metric("b")).isEmpty();
    assertThat(files.card(release).orElseThrow()).asString().isEqualTo("<h1>Card</h1>");
  }

  @Test
  void shouldShowNothingThatIsNotAsItWasMade() throws Exception {
    KnownRelease release = write("<h1>Card</h1>");
    Files.writeString(folder.resolve("card.html"), "<h1>Better</h1>");
    assertThat(new ReleaseFiles(null).card(release)).isEmpty();

    Files.writeString(folder.resolve("manifest.json"), "{\"threshold\":0.1}");
    assertThat(new ReleaseFiles(null).manifest(release)).isEmpty();
    assertThat(new ReleaseFiles(null).card(release)).isEmpty();
  }

  /** In an object store: who knows the store is asked for just these files. */
  @Test
  void shouldReadWhatIsElsewhere() throws Exception {
    String at = "s3://bucket/m-1";
    KnownRelease here = write("<h1>Card</h1>");
    KnownRelease there =
        new KnownRelease("m-1", at, here.manifestSha256(), false, List.of(), null, null);
    Elsewhere store = new Elsewhere(at, folder);
    ReleaseFiles files = new ReleaseFiles(store);

    assertThat(files.manifest(there).orElseThrow().number("threshold")).hasValue(0.5);
    assertThat(files.card(there).orElseThrow()).asString().isEqualTo("<h1>Card</h1>");
    assertThat(store.asked).containsExactly("manifest.json", "card.html");

    Files.writeString(folder.resolve("card.html"), "<h1>Better</h1>");
    assertThat(files.card(there)).isEmpty();
    assertThat(new ReleaseFiles(null).manifest(there)).isEmpty();
  }

  /** A store whose release is a folder. */
  private static final class Elsewhere implements ReleaseDesk {
    private final String at;
    private final Path folder;
    private final List<String> asked = new ArrayList<>();

    Elsewhere(String at, Path folder) {
      this.at = at;
      this.folder = folder;
    }

    @Override
    public ReleaseView view(List<ModelRelease> steps, List<AuditEvent> audit) {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public void act(ReleaseAct act, String release, String by) {
      throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public byte[] file(String address, String name, String sum) {
      assertThat(address).isEqualTo(at);
      asked.add(name);
      try {
        return Files.readAllBytes(folder.resolve(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldTellNothingOfAFolderThatIsElsewhere() {
    KnownRelease release =
        new KnownRelease("m-1", "s3://bucket/\0", "00", false, List.of(), null, null);
    assertThat(new ReleaseFiles(null).manifest(release)).isEmpty();
  }
}
