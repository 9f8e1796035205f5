package dev.tidegate.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one job name over all its runs, as Flink lays them out: {@code
 * <run>/chk-<number>/_metadata}. A run that resumes goes on with the numbers, so the highest number
 * is the newest. A kill leaves one without {@code _metadata}: it is not complete and never resumed.
 */
final class CheckpointStore {
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d+)");

  private final Path root;

  CheckpointStore(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** The newest complete checkpoint. */
  Optional<Path> newest() {
    return list(root).stream()
        .flatMap(run -> list(run).stream())
        .filter(CheckpointStore::isComplete)
        .max(Comparator.comparingLong(CheckpointStore::number));
  }

  /** Deletes what kills left half done; only while no run of the job is alive. */
  void sweep() {
    try {
      for (Path run : list(root)) {
        for (Path checkpoint : list(run)) {
          if (number(checkpoint) >= 0 && !isComplete(checkpoint)) {
            FileTree.delete(checkpoint);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "half-done checkpoints under " + root + " were not deleted", e);
    }
  }

  private static boolean isComplete(Path checkpoint) {
    return number(checkpoint) >= 0 && Files.isRegularFile(checkpoint.resolve("_metadata"));
  }

  private static long number(Path checkpoint) {
    Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
