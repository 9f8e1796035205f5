package dev.tidegate.app.command;

import dev.tidegate.app.Logs;
import dev.tidegate.app.demo.DriftDemo;
import dev.tidegate.app.demo.DriftPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate demo drift}: fraud changes, and the platform learns it. */
@Command(
    name = "drift",
    description = {
      "Fraud changes, a monitor notices, a challenger is trained, tried and promoted: the whole loop"
          + " in minutes.",
      "Everything runs as in 'up', on a simulated bank whose days pass in seconds. Exit code 1 if a"
          + " step does not come true."
    },
    footer = {"", "Example:  tidegate demo drift --as NAME --approve-as OTHER"})
public final class DemoDriftCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory, new or empty. Default: a temporary one.")
  private @Nullable Path data;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "operator-1",
      description = "Who promotes; stands on the audit. Default: ${DEFAULT-VALUE}, a placeholder")
  private String promotes = "";

  @Option(
      names = "--approve-as",
      paramLabel = "NAME",
      defaultValue = "operator-2",
      description = "Somebody else, who approves. Default: ${DEFAULT-VALUE}, a placeholder")
  private String approves = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of the page; 0 for any free one. Default: ${DEFAULT-VALUE}")
  private int port;

  /** For picocli. */
  public DemoDriftCommand() {}

  @Override
  public Integer call() throws Exception {
    Inputs.require(!promotes.isBlank() && !approves.isBlank(), "--as and --approve-as name people");
    Inputs.require(
        !promotes.strip().equalsIgnoreCase(approves.strip()),
        "--as and --approve-as must be two people");
    Inputs.require(port >= 0 && port <= 65_535, "--port must be from 0 to 65535");
    Path folder = data == null ? Files.createTempDirectory("tidegate-demo-") : data;
    Files.createDirectories(folder);
    try (var inside = Files.list(folder)) {
      Inputs.require(inside.findAny().isEmpty(), folder + " is not empty; name a new --data");
    }
    Logs.to(folder.resolve("logs").resolve("tidegate.log"));
    common.terminal().say("data and log: " + folder);
    var unused =
        DriftDemo.run(
            new DriftDemo.DriftRequest(
                folder, DriftPlan.standard(), promotes.strip(), approves.strip(), port),
            common.terminal());
    return 0;
  }
}
