package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.schemas.time.WallClock;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPlatformIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path temporary;

  @Test
  void shouldGoOnAfterKill() throws Exception {
    Path directory = temporary.resolve("data");
    List<Long> children = startAndKill(directory, false);

    await("no child outlives its parent")
        .atMost(Duration.ofSeconds(30))
        .until(() -> children.stream().noneMatch(EmbeddedPlatformIT::isAlive));
    List<String> progress = new ArrayList<>();
    try (EmbeddedPlatform platform =
        EmbeddedPlatform.start(
            PlatformOptions.at(directory),
            line -> {
              synchronized (progress) {
                progress.add(line);
              }
            })) {
      assertThat(Workload.readLabels(platform))
          .isEqualTo(IntStream.range(0, PlatformMain.LABELS).mapToObj(Workload::label).toList());
      assertThat(Workload.countRows(platform)).isEqualTo(PlatformMain.ROWS);
      shouldResumeJob(platform, directory.resolve("starts"));
      assertThat(progress).hasSize(4);
      System.out.println(progress);
    }
  }

  private static void shouldResumeJob(EmbeddedPlatform platform, Path starts) throws Exception {
    RunningJob job =
        platform
            .flink()
            .submit(
                "count",
                environment -> CountingPipeline.define(environment, starts, Long.MAX_VALUE));
    await("the job goes on")
        .atMost(MINUTE)
        .until(() -> CountingPipeline.starts(starts).size() == 2);
    assertThat(CountingPipeline.starts(starts).get(1)).isPositive();
    platform.flink().replaceTaskManager();
    await("the job comes back")
        .atMost(MINUTE)
        .until(() -> CountingPipeline.starts(starts).size() == 3);
    job.awaitRunning(MINUTE);
    assertThat(job.failure()).isPresent();
  }

  @Test
  void shouldGoOnAfterItsChildrenWereKilledAndLeaveNoneBehind() throws Exception {
    StopLimit.holdsFor(attempt -> goesOnWithoutChildren(temporary.resolve("data-" + attempt)));
  }

  /** How long it took to stop, twice. */
  private static Duration goesOnWithoutChildren(Path data) throws Exception {
    PlatformOptions options = PlatformOptions.at(data).withFlink(null);
    Descendants before = Descendants.now();
    EmbeddedPlatform first = EmbeddedPlatform.start(options, line -> {});
    assertThatThrownBy(() -> EmbeddedPlatform.start(options, line -> {}))
        .isInstanceOf(StartupRefused.class)
        .hasMessageContaining("in use by another instance");
    Workload.writeRows(first, 10);
    Workload.writeLabels(first, 10);
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    first.close();

    Duration took;
    EmbeddedPlatform second = EmbeddedPlatform.start(options, line -> {});
    try {
      assertThat(Workload.readLabels(second)).hasSize(10);
      assertThat(Workload.countRows(second)).isEqualTo(10);
    } finally {
      long began = WallClock.nanos();
      second.close();
      second.close();
      took = Duration.ofNanos(WallClock.nanos() - began);
    }
    before.awaitNoneSince();
    return took;
  }

  @Test
  void shouldRefusePortInUseAndStopTheRest() throws Exception {
    Descendants before = Descendants.now();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PlatformOptions options =
          PlatformOptions.at(temporary.resolve("data"))
              .withPorts(new PlatformOptions.LoopbackPorts(0, 0, taken.getLocalPort()));

      assertThatThrownBy(() -> EmbeddedPlatform.start(options, line -> {}))
          .isInstanceOf(StartupRefused.class)
          .hasMessage(
              "port %d for the database is in use; free it or choose another",
              taken.getLocalPort());
    }
    before.awaitNoneSince();
    DataDirectory.open(temporary.resolve("data")).close();
  }

  @Test
  void shouldStopChildrenThatOutlivedTheirGuardsAndGoOn() throws Exception {
    Path directory = temporary.resolve("data");
    List<Long> children = startAndKill(directory, true);
    assertThat(children).as("orphans are left").anyMatch(EmbeddedPlatformIT::isAlive);

    try (EmbeddedPlatform platform =
        EmbeddedPlatform.start(PlatformOptions.at(directory).withFlink(null), line -> {})) {
      assertThat(children).noneMatch(EmbeddedPlatformIT::isAlive);
      assertThat(Workload.readLabels(platform)).hasSize(PlatformMain.LABELS);
      assertThat(Workload.countRows(platform)).isEqualTo(PlatformMain.ROWS);
    }
  }

  private static boolean isShell(ProcessHandle process) {
    return process.info().command().map(command -> command.endsWith("sh")).orElse(false);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Starts a platform in a process of its own and kills it; returns the ids of its children. */
  private static List<Long> startAndKill(Path directory, boolean guardsFirst) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dtidegate.home=" + System.getProperty("tidegate.home"),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PlatformMain.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    List<Long> children = new ArrayList<>();
    List<String> output = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        if (line.startsWith("CHILD ")) {
          children.add(Long.parseLong(line.substring(6)));
        }
        if (line.equals("READY")) {
          break;
        }
      }
      if (guardsFirst) {
        process
            .descendants()
            .filter(EmbeddedPlatformIT::isShell)
            .forEach(ProcessHandle::destroyForcibly);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(output).contains("READY");
    assertThat(children).hasSizeGreaterThan(3);
    return children;
  }
}
