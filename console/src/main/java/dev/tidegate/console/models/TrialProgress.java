package dev.tidegate.console.models;

/**
 * How far the trial of a release is.
 *
 * @param release the release
 * @param stage {@code shadow}, {@code canary}, {@code ready} or {@code ended}
 * @param shadowed payments scored as a shadow
 * @param shadowDue payments it must score as a shadow
 * @param decided payments decided as a canary
 * @param canaryDue payments it must decide as a canary
 */
public record TrialProgress(
    String release, String stage, long shadowed, long shadowDue, long decided, long canaryDue) {}
