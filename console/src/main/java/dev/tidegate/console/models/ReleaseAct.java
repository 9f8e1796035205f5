package dev.tidegate.console.models;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do to a release here; the names of the commands. */
public enum ReleaseAct {
  /** Agrees that another person may promote it. */
  APPROVE("approved"),
  /** Makes it the champion. */
  PROMOTE("promoted"),
  /** Withdraws it, whatever it does. */
  ROLLBACK("rolled back");

  private final String done;

  ReleaseAct(String done) {
    this.done = done;
  }

  /** Its name in an address and in the audit. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What has happened, in words. */
  public String done() {
    return done;
  }

  /** The act of a word; empty if there is none. */
  public static Optional<ReleaseAct> of(String word) {
    return Arrays.stream(values()).filter(act -> act.word().equals(word)).findFirst();
  }
}
