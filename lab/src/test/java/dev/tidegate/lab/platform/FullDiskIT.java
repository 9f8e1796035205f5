package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A really full disk: one clear line, a stop, and nothing lost once there is space again. */
final class FullDiskIT {
  private static final long MEBIBYTE = 1L << 20;

  @TempDir private Path temporary;

  @Test
  void shouldRefuseToStartOnAFullDisk() throws Exception {
    try (SmallDisk disk = SmallDisk.at(temporary.resolve("disk"), 20)) {
      disk.fill();

      assertThatThrownBy(
              () ->
                  EmbeddedPlatform.start(
                      PlatformOptions.at(disk.path().resolve("data")), line -> {}))
          .isInstanceOf(StartupRefused.class)
          .hasMessageMatching("data directory \\S+ .*(full|No space).*")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void shouldStopWhenTheDiskGetsFullAndGoOnWhenThereIsSpace() throws Exception {
    long children = ProcessHandle.current().descendants().count();
    try (SmallDisk disk = SmallDisk.at(temporary.resolve("disk"), 400)) {
      PlatformOptions options =
          PlatformOptions.at(disk.path().resolve("data"))
              .withFlink(null)
              .withDisk(new PlatformOptions.Disk(100 * MEBIBYTE, 16 * MEBIBYTE, 0));
      try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
        Workload.writeLabels(platform, 50);
        Workload.writeRows(platform, 100);
        platform.requireHealthy();
        // Less than is needed to go on, and enough to stop in order: the broker's controller writes
        // when its broker leaves, and one that cannot is left behind with its locks in this
        // process.
        disk.fillBut(8 << 20);

        PlatformFailed failed =
            catchThrowableOfType(PlatformFailed.class, platform::requireHealthy);

        assertThat(failed)
            .hasMessageMatching(".* is full: \\d+ MiB free, 16 MiB needed to go on; free some.*")
            .hasMessageNotContaining("\n");
        assertThat(closing(platform)).isLessThan(Duration.ofSeconds(10));
      }
      await().until(() -> ProcessHandle.current().descendants().count() == children);
      disk.free();
      try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
        assertThat(Workload.readLabels(platform)).hasSize(50);
        assertThat(Workload.countRows(platform)).isEqualTo(100);
      }
    }
  }

  /** A broker that meets the end of the disk halts its process, unless it is told not to. */
  @Test
  void shouldOutliveABrokerThatCannotWrite() throws Exception {
    try (SmallDisk disk = SmallDisk.at(temporary.resolve("disk"), 150)) {
      PlatformOptions options =
          PlatformOptions.at(disk.path().resolve("data"))
              .withFlink(null)
              .withDatabase(false)
              .withRegistry(PlatformOptions.Registry.NONE)
              .withDisk(new PlatformOptions.Disk(MEBIBYTE, 0, 0));
      try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
        disk.fill();
        Workload.tryToWrite(platform);

        await()
            .untilAsserted(
                () ->
                    assertThatThrownBy(platform::requireHealthy)
                        .isInstanceOf(PlatformFailed.class)
                        .hasMessageContaining("the broker gave up"));
        assertThat(closing(platform)).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  private static Duration closing(EmbeddedPlatform platform) {
    long began = WallClock.nanos();
    platform.close();
    return Duration.ofNanos(WallClock.nanos() - began);
  }
}
