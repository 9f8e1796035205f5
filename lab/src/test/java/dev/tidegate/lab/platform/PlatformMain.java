package dev.tidegate.lab.platform;

import java.nio.file.Path;
import java.time.Duration;

/** A platform in a process of its own, to be killed: fills itself, prints READY and stays. */
final class PlatformMain {
  static final int LABELS = 200;
  static final int ROWS = 1_000;

  private PlatformMain() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
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
                environment ->
                    CountingPipeline.define(
                        environment, directory.resolve("starts"), Long.MAX_VALUE));
    job.awaitRunning(Duration.ofSeconds(30));
    job.checkpoint();
    ProcessHandle.current()
        .descendants()
        .forEach(child -> System.out.println("CHILD " + child.pid()));
    System.out.println("READY");
    System.in.read();
  }
}
