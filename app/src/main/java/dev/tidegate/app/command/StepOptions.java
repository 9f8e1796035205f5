package dev.tidegate.app.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who takes a step, and where. */
public final class StepOptions {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private PlatformOptions platform = new PlatformOptions();

  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "Who does it; stands on the event.")
  private String by = "";

  /** For picocli. */
  public StepOptions() {}

  CommonOptions common() {
    return common;
  }

  PlatformOptions platform() {
    return platform;
  }

  /** Who does it. */
  String by() {
    Inputs.require(!by.isBlank(), "--as must name somebody");
    return by.strip();
  }
}
