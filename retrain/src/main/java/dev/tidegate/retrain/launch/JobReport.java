package dev.tidegate.retrain.launch;

import org.jspecify.annotations.Nullable;

/**
 * How a job stands.
 *
 * @param phase how far it is
 * @param detail one sentence for people
 * @param release the release that it made; null while there is none
 */
public record JobReport(Phase phase, String detail, @Nullable String release) {
  private static final int REFUSED = 3;
  private static final String RELEASE = "release ";

  /** How far a job can be. */
  public enum Phase {
    /** It is there and nothing of it runs: it waits for its turn, for a quota, for a node. */
    WAITING,
    /** It trains. */
    RUNNING,
    /** It made a release. */
    SUCCEEDED,
    /** It trained, and what it made was refused, with the figures. */
    REFUSED,
    /** It ended without a release. */
    FAILED,
    /** It is not there. */
    GONE;

    /** True if nothing more will come of it. */
    public boolean over() {
      return this != WAITING && this != RUNNING;
    }
  }

  /** A report without a release. */
  public static JobReport of(Phase phase, String detail) {
    return new JobReport(phase, detail, null);
  }

  /**
   * What an ended trainer means: exit code 0 and a last line {@code release NAME}, 3 and a last
   * line that says why it was refused, or a failure.
   *
   * @param exitCode of the trainer
   * @param lastLine last line it printed
   */
  static JobReport ofExit(int exitCode, String lastLine) {
    String line = lastLine.strip();
    if (exitCode == 0 && line.startsWith(RELEASE)) {
      String release = line.substring(RELEASE.length()).strip();
      return new JobReport(Phase.SUCCEEDED, "made release " + release, release);
    }
    if (exitCode == 0) {
      return of(Phase.FAILED, "the trainer ended well but named no release: " + said(line));
    }
    if (exitCode == REFUSED) {
      return of(Phase.REFUSED, line.isEmpty() ? "refused without a word" : line);
    }
    return of(Phase.FAILED, "the trainer ended with code " + exitCode + ": " + said(line));
  }

  private static String said(String line) {
    return line.isEmpty() ? "it printed nothing" : line;
  }
}
