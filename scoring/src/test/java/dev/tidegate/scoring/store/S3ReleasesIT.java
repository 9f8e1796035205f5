package dev.tidegate.scoring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.lab.store.S3Store;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases in a store that speaks S3's protocol and checks signatures. */
class S3ReleasesIT {
  private static final byte[] MODEL = OnnxFixtures.echo();
  private static S3Store store;

  private final S3Releases releases = new S3Releases(access("secret"), WallClock.INSTANCE);
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    store = S3Store.start("models", "key", "secret");
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  private static S3Access access(String secret) {
    return S3Access.of(
        Map.of(
            "AWS_ENDPOINT_URL_S3",
            store.endpoint().toString(),
            "AWS_ACCESS_KEY_ID",
            "key",
            "AWS_SECRET_ACCESS_KEY",
            secret));
  }

  private Path release(String name, double threshold) throws Exception {
    return release(name, ReleaseFixtures.manifest(MODEL, 1, threshold), "a card");
  }

  private Path release(String name, String card) throws Exception {
    return release(name, ReleaseFixtures.manifest(MODEL, 1, 0.5), card);
  }

  private Path release(String name, Manifest manifest, String card) throws Exception {
    return ReleaseStore.writeTo(
        folder.resolve(name),
        manifest,
        MODEL,
        Map.of("card.html", card.getBytes(StandardCharsets.UTF_8)));
  }

  private static S3Address at(String name) {
    return S3Address.parse("s3://models/releases+of=a~bank/" + name);
  }

  @Test
  void shouldGiveBackWhatWasWrittenAndServeIt() throws Exception {
    Path written = release("one", 0.5);
    S3Address at = at("fixture-0001");
    assertThat(releases.stands(at)).isFalse();

    releases.publish(written, at);
    releases.publish(written, at);

    assertThat(releases.stands(at)).isTrue();
    Path fetched = releases.fetch(at);
    assertThat(fetched.getFileName().toString()).isEqualTo("fixture-0001");
    for (String file : List.of("manifest.json", "model.onnx", "card.html")) {
      assertThat(fetched.resolve(file)).hasSameBinaryContentAs(written.resolve(file));
    }
    assertThat(releases.fetch(at)).as("once a process").isEqualTo(fetched);
    LoadedRelease loaded = ReleaseStore.load(written);
    LoadedRelease served =
        ReleaseSource.folders(
                loaded.manifest(), Device.CPU, uri -> releases.fetch(S3Address.parse(uri)))
            .load(new ReleaseLine.Known("fixture-0001", at.toString(), loaded.manifestSha256()));
    assertThat(served.manifest()).isEqualTo(loaded.manifest());
  }

  /** Whichever file a writer died before: nothing stands, and the next writer completes it. */
  @Test
  void shouldShowNoHalfRelease() throws Exception {
    Path written = release("two", 0.5);
    for (String file : List.of("card.html", "model.onnx")) {
      S3Address at = at("half-" + file);
      Path aside = Files.move(written.resolve(file), folder.resolve(file));
      assertThatThrownBy(() -> releases.publish(written, at))
          .isInstanceOf(UncheckedIOException.class);

      assertThat(releases.stands(at)).isFalse();
      assertThatThrownBy(() -> releases.fetch(at))
          .isInstanceOf(ReleaseRefused.class)
          .hasMessageContaining("it has no manifest.json");
      Files.move(aside, written.resolve(file));
      releases.publish(written, at);
      assertThat(releases.fetch(at).resolve(file)).exists();
    }
  }

  @Test
  void shouldNeverChangeAReleaseThatStands() throws Exception {
    S3Address at = at("three");
    Path first = release("three", 0.5);
    releases.publish(first, at);
    Path other = release("other", 0.6);

    assertThatThrownBy(() -> releases.publish(other, at))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageContaining("releases never change");
    assertThat(releases.fetch(at).resolve("manifest.json"))
        .hasSameBinaryContentAs(first.resolve("manifest.json"));
  }

  /** Whoever began before, with other bytes, and wherever it died or still is. */
  @Test
  void shouldBeWholeWhereAnotherWriterBegan() throws Exception {
    Path written = release("begun", 0.5);
    S3Objects objects = new S3Objects(access("secret"), WallClock.INSTANCE);
    S3Address at = at("begun");
    byte[] others = "another card".getBytes(StandardCharsets.UTF_8);
    objects.put(at.resolve("card.html"), others);

    releases.publish(written, at);

    assertThat(releases.fetch(at).resolve("card.html"))
        .hasSameBinaryContentAs(written.resolve("card.html"));
    assertThat(objects.get(at.resolve("card.html"))).as("what stood stands").isEqualTo(others);
  }

  /**
   * At once, each with a card of its own: what stands is one of them, whole, and whoever sees that
   * it is not its own is told. S3Proxy's store in memory lets a later manifest write over one of
   * the same moment.
   */
  @Test
  void shouldHaveOneWholeReleaseOfSeveralWriters() throws Exception {
    int writers = 4;
    for (int turn = 0; turn < 10; turn++) {
      S3Address at = at("race-" + turn);
      List<Path> all = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        all.add(release("race-" + turn + "-" + i, "card of writer " + i));
      }
      CyclicBarrier together = new CyclicBarrier(writers);
      List<CompletableFuture<Boolean>> ends =
          all.stream()
              .map(folder -> CompletableFuture.supplyAsync(() -> won(together, folder, at)))
              .toList();
      assertThat(ends.stream().filter(CompletableFuture::join).count()).isPositive();

      Path fetched = new S3Releases(access("secret"), WallClock.INSTANCE).fetch(at);
      byte[] manifest = Files.readAllBytes(fetched.resolve("manifest.json"));
      Path winner = all.stream().filter(folder -> has(folder, manifest)).findFirst().orElseThrow();
      for (String file : List.of("model.onnx", "card.html")) {
        assertThat(fetched.resolve(file)).hasSameBinaryContentAs(winner.resolve(file));
      }
    }
  }

  private static boolean has(Path folder, byte[] manifest) {
    try {
      return Arrays.equals(Files.readAllBytes(folder.resolve("manifest.json")), manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As somebody may have copied a folder there by hand. */
  @Test
  void shouldReadFilesUnderTheirPlainNames() throws Exception {
    Path written = release("plain", 0.5);
    S3Objects objects = new S3Objects(access("secret"), WallClock.INSTANCE);
    S3Address at = at("plain");
    for (String file : List.of("card.html", "model.onnx", "manifest.json")) {
      objects.put(at.resolve(file), Files.readAllBytes(written.resolve(file)));
    }
    assertThat(releases.fetch(at).resolve("card.html"))
        .hasSameBinaryContentAs(written.resolve("card.html"));
    releases.publish(written, at);
  }

  private static boolean won(CyclicBarrier together, Path folder, S3Address at) {
    try {
      together.await();
      new S3Releases(access("secret"), WallClock.INSTANCE).publish(folder, at);
      return true;
    } catch (ReleaseRefused e) {
      assertThat(e).hasMessageContaining("releases never change");
      return false;
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldReadOneFileWithoutTheOthers() throws Exception {
    Path written = release("alone", 0.5);
    S3Address at = at("alone");
    releases.publish(written, at);
    byte[] card = Files.readAllBytes(written.resolve("card.html"));
    assertThat(releases.read(at, "card.html", Sha256.hex(card))).isEqualTo(card);
    assertThat(releases.read(at, "card.html", Sha256.hex(new byte[0]))).isNull();
  }

  @Test
  void shouldRefuseWhatWasDamagedOrIsMissing() throws Exception {
    Path written = release("four", 0.5);
    S3Objects objects = new S3Objects(access("secret"), WallClock.INSTANCE);
    S3Address at = at("four");
    objects.put(at.resolve("manifest.json"), Files.readAllBytes(written.resolve("manifest.json")));
    assertThatThrownBy(() -> releases.fetch(at)).hasMessageContaining("it has no card.html");
    objects.put(at.resolve("card.html"), new byte[] {1});
    assertThatThrownBy(() -> releases.fetch(at)).hasMessageContaining("card.html has SHA-256");
  }

  @Test
  void shouldSayWhatTheStoreAnsweredAndNoSecret() {
    S3Releases strangers = new S3Releases(access("another"), WallClock.INSTANCE);
    assertThatThrownBy(() -> strangers.stands(at("five")))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining("the store answers 403")
        .hasMessageNotContaining("another");
    S3Releases nobody =
        new S3Releases(
            S3Access.of(
                Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                    "AWS_ACCESS_KEY_ID", "key",
                    "AWS_SECRET_ACCESS_KEY", "secret")),
            WallClock.INSTANCE);
    assertThatThrownBy(() -> nobody.stands(at("five")))
        .isInstanceOf(StoreFailed.class)
        .hasMessageContaining("does not answer");
  }
}
