package dev.tidegate.app.command;

import dev.tidegate.app.live.Feed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where live transactions come from: the simulated bank, or a file with its profile. */
final class FeedOptions {
  @Option(
      names = "--feed",
      paramLabel = "simulator|FILE",
      defaultValue = "simulator",
      description = "Where transactions come from. Default: ${DEFAULT-VALUE}")
  private String feed = "simulator";

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = "How to read the file; needed with --feed FILE. See tidegate profile list.")
  private @Nullable String profile;

  /** The feed, checked. */
  Feed feed() {
    return Feed.of(feed, profile);
  }
}
