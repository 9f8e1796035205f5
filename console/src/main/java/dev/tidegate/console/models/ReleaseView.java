package dev.tidegate.console.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands of a model's releases.
 *
 * @param model the model
 * @param champion decides what the canary does not
 * @param canary on trial; null for none
 * @param canaryPercent share of payers of the canary; 0 without one
 * @param shadows score beside
 * @param previous champion before this one; null for none
 * @param twoPeople whether a promotion needs another person's approval
 * @param releases all that are known, the one named last first
 */
public record ReleaseView(
    String model,
    String champion,
    @Nullable String canary,
    int canaryPercent,
    List<String> shadows,
    @Nullable String previous,
    boolean twoPeople,
    List<KnownRelease> releases) {
  /** Takes copies. */
  public ReleaseView {
    shadows = List.copyOf(shadows);
    releases = List.copyOf(releases);
  }

  /**
   * A release.
   *
   * @param name name and version
   * @param uri its folder
   * @param manifestSha256 SHA-256 of its manifest, hexadecimal
   * @param retired whether it was taken out for good
   * @param approvedBy who has approved it as it stands
   * @param ready why its trial calls it ready for approval; null if none has
   * @param trial how far its trial is; null without one
   */
  public record KnownRelease(
      String name,
      String uri,
      String manifestSha256,
      boolean retired,
      List<String> approvedBy,
      @Nullable String ready,
      @Nullable TrialProgress trial) {
    /** Takes a copy. */
    public KnownRelease {
      approvedBy = List.copyOf(approvedBy);
    }
  }

  /** What a release does at the moment, in a word. */
  public String roleOf(KnownRelease release) {
    String name = release.name();
    if (name.equals(champion)) {
      return "champion";
    }
    if (name.equals(canary)) {
      return "canary";
    }
    if (shadows.contains(name)) {
      return "shadow";
    }
    if (release.retired()) {
      return "retired";
    }
    return name.equals(previous) ? "previous champion" : "known";
  }

  /** Releases that people may still make the champion. */
  public List<KnownRelease> candidates() {
    return releases.stream().filter(one -> !one.retired() && !one.name().equals(champion)).toList();
  }

  /** The release of that name; null if none is known. */
  public @Nullable KnownRelease find(String name) {
    return releases.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }
}
