package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointStoreTest {
  @TempDir Path root;

  @Test
  void shouldFindNoneBeforeTheFirstRun() {
    assertThat(new CheckpointStore(root.resolve("job")).newest()).isEmpty();
  }

  @Test
  void shouldFindTheNewestCompleteOneOverAllRuns() throws IOException {
    checkpoint("run1/chk-9", true);
    Path newest = checkpoint("run2/chk-10", true);
    checkpoint("run2/chk-11", false);
    checkpoint("run1/shared", true);

    assertThat(new CheckpointStore(root).newest()).contains(newest);
  }

  @Test
  void shouldSweepWhatAKillLeftHalfDone() throws IOException {
    Path complete = checkpoint("run/chk-1", true);
    Path half = checkpoint("run/chk-2", false);
    Path shared = checkpoint("run/shared", false);

    new CheckpointStore(root).sweep();

    assertThat(complete).exists();
    assertThat(half).doesNotExist();
    assertThat(shared).exists();
  }

  private Path checkpoint(String name, boolean complete) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name));
    Files.writeString(directory.resolve(complete ? "_metadata" : "part"), "x");
    return directory;
  }
}
