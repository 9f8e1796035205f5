package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.store.ReleasePlaces;
import dev.tidegate.scoring.store.S3Address;
import dev.tidegate.scoring.store.S3Releases;
import dev.tidegate.scoring.store.StoreFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a training run leaves its release: a folder, or an object store that a scratch folder is
 * published to once the release stands in it.
 */
public final class ReleaseTarget implements AutoCloseable {
  private final Path folder;
  private final @Nullable S3Address store;

  private ReleaseTarget(Path folder, @Nullable S3Address store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * By a folder or an address such as {@code s3://bucket/releases}.
   *
   * @throws Refused if it is neither
   */
  public static ReleaseTarget of(String out) throws IOException {
    if (!S3Address.isOne(out)) {
      return new ReleaseTarget(Path.of(out), null);
    }
    try {
      return new ReleaseTarget(Files.createTempDirectory("tidegate-out-"), S3Address.parse(out));
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }

  /** Folder of releases to write into. */
  public Path folder() {
    return folder;
  }

  /**
   * Brings a release that stands in the store already, so that a run that is done again finds what
   * it left.
   *
   * @throws Refused if the store does not answer
   */
  public void bring(String release) throws IOException {
    S3Address at = store == null ? null : store.resolve(release);
    try {
      S3Releases releases = at == null ? null : ReleasePlaces.ofEnvironment();
      if (at == null || releases == null || !releases.stands(at)) {
        return;
      }
      Path mine = Files.createDirectory(folder.resolve(release));
      for (Path file : files(releases.fetch(at))) {
        Files.copy(file, mine.resolve(file.getFileName()));
      }
    } catch (StoreFailed | ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private static List<Path> files(Path of) {
    try (Stream<Path> inside = Files.list(of)) {
      return inside.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts a release that stands in the folder where it is to be.
   *
   * @throws Refused if the store does not answer, or another release stands there
   */
  public void publish(String release) {
    if (store == null) {
      return;
    }
    try {
      ReleasePlaces.ofEnvironment().publish(folder.resolve(release), store.resolve(release));
    } catch (StoreFailed | ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  /** Removes what was scratch. */
  @Override
  public void close() throws IOException {
    if (store == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
