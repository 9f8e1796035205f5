package dev.tidegate.lab.platform;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

/** A platform in a process of its own, to be killed: fills itself, prints READY and stays. */
final class PlatformMain {
  static final int LABELS = 200;
  static final int ROWS = 1_000;

  private PlatformMain() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path starts = directory.resolve("starts");
    EmbeddedPlatform platform =
        EmbeddedPlatform.start(
            PlatformOptions.at(directory)
                .withFlink(FlinkOptions.defaults().withCheckpointInterval(Duration.ofMillis(300))),
            System.out::println);
    Workload.writeRows(platform, ROWS);
    Workload.writeLabels(platform, LABELS);
    RunningJob job =
        platform
            .flink()
            .submit(
                "count",
                environment -> CountingPipeline.define(environment, starts, Long.MAX_VALUE));
    job.awaitRunning(Duration.ofMinutes(1));
    // A checkpoint before the first number would hold none, and the next run begin at it again.
    await().atMost(Duration.ofMinutes(1)).until(() -> !CountingPipeline.starts(starts).isEmpty());
    job.checkpoint();
    ProcessHandle.current()
        .descendants()
        .forEach(child -> System.out.println("CHILD " + child.pid()));
    System.out.println("READY");
    System.in.read();
  }
}
