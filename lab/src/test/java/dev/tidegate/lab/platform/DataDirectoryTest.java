package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void shouldMakeTheDirectoryWithItsFolders() {
    try (DataDirectory directory = DataDirectory.open(temporary.resolve("a/b"))) {
      assertThat(directory.path()).isAbsolute();
      assertThat(directory.kafka()).isDirectory();
      assertThat(directory.registry()).isDirectory();
      assertThat(directory.postgres()).isDirectory();
      assertThat(directory.flink()).isDirectory();
      assertThat(directory.logs()).isDirectory();
      assertThat(directory.ingest()).isDirectory();
    }
  }

  @Test
  void shouldRefuseASecondInstanceAndNameTheHolder() {
    try (DataDirectory held = DataDirectory.open(temporary)) {
      assertThatThrownBy(() -> DataDirectory.open(temporary))
          .isInstanceOf(StartupRefused.class)
          .hasMessage(
              "data directory %s is in use by another instance (process %d); stop that one or"
                  + " choose another directory",
              held.path(), ProcessHandle.current().pid());
    }
    DataDirectory.open(temporary).close();
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeMade() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(StartupRefused.class)
        .hasMessageContaining(file.resolve("data") + " cannot be made");
  }

  @Test
  void shouldRefuseAFileInPlaceOfADirectory() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(StartupRefused.class)
        .hasMessageContaining("data directory " + file);
  }

  @Test
  void shouldRefuseAFullDirectoryAndReleaseIt() {
    assertThatThrownBy(() -> DataDirectory.open(temporary, Long.MAX_VALUE))
        .isInstanceOf(StartupRefused.class)
        .hasMessageMatching("data directory .* is full: \\d+ MiB free, \\d+ MiB needed");
    DataDirectory.open(temporary).close();
  }

  @Test
  void shouldDeleteAnEphemeralDirectory() {
    DataDirectory directory = DataDirectory.ephemeral();
    directory.close();
    directory.close();

    assertThat(directory.path()).doesNotExist();
  }
}
