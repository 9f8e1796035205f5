package dev.tidegate.app.command;

import dev.tidegate.app.Home;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import picocli.CommandLine.Option;

/** How a file is read. */
final class ProfileOption {
  @Option(
      names = "--profile",
      required = true,
      paramLabel = "NAME|FILE",
      description = "How to read the file. See tidegate profile list.")
  private String profile = "";

  /** The profile of that name or file. */
  Profile profile() {
    return Profiles.under(Home.path("")).find(profile);
  }
}
