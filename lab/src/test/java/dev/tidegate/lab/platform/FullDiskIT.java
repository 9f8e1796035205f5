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
    StopLimit.holdsFor(attempt -> stopsAndGoesOn(temporary.resolve("disk-" + attempt)));
  }

  /** How long it took to stop. */
  private static Duration stopsAndGoesOn(Path place) throws Exception {
    Descendants before = Descendants.now();
    try (SmallDisk disk = SmallDisk.at(place, 400)) {
      PlatformOptions options =
          PlatformOptions.at(disk.path().resolve("data"))
              .withFlink(null)
              .withDisk(new PlatformOptions.Disk(100 * MEBIBYTE, 16 * MEBIBYTE, 0));
      Duration took;
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
        took = closing(platform);
      }
      before.awaitNoneSince();
      disk.free();
      try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, line -> {})) {
        assertThat(Workload.readLabels(platform)).hasSize(50);
        assertThat(Workload.countRows(platform)).isEqualTo(100);
      }
      return took;
    }
  }

  /** A broker that meets the end of the disk halts its process, unless it is told not to. */
  @Test
  void shouldOutliveABrokerThatCannotWrite() throws Exception {
    StopLimit.holdsFor(attempt -> outlivesItsBroker(temporary.resolve("disk-" + attempt)));
  }

  /** How long it took to stop. */
  private static Duration outlivesItsBroker(Path place) throws Exception {
    try (SmallDisk disk = SmallDisk.at(place, 150)) {
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
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () ->
                    assertThatThrownBy(platform::requireHealthy)
                        .isInstanceOf(PlatformFailed.class)
                        .hasMessageContaining("the broker gave up"));
        return closing(platform);
      }
    }
  }

  private static Duration closing(EmbeddedPlatform platform) {
    long began = WallClock.nanos();
    platform.close();
    return Duration.ofNanos(WallClock.nanos() - began);
  }
}
