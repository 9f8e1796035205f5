package dev.tidegate.scoring.release;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Lane;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a scorer reads and writes. Lanes share nothing but [alert-reasons], [shadow-scores] and
 * [models]: what one remembers or decides, another does not see. A release says whose it is and is
 * refused by the others.
 */
public enum ScoringLane {
  /** [features] to [decisions], the answers to payments, and [alerts]. Rules are asked. */
  PAYMENTS("", "scoring", Lane.FRAUD),
  /**
   * [aml-vectors] to [aml-decisions] and [aml-alerts]. Answers no payment, and asks no rules: those
   * of the lane AML are asked with the payments.
   */
  AML("aml", "scoring-aml", Lane.AML);

  private final String word;
  private final String group;
  private final Lane alerts;

  ScoringLane(String word, String group, Lane alerts) {
    this.word = word;
    this.group = group;
    this.alerts = alerts;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word for it in a manifest; empty for that of payments. */
  public String word() {
    return word;
  }

  /** Consumer group of its scorers, and the stage's name. */
  public String group() {
    return group;
  }

  /** Lane of the alerts that its models raise. */
  public Lane alertLane() {
    return alerts;
  }

  /** True if its scorers ask the rules. */
  public boolean asksRules() {
    return this == PAYMENTS;
  }

  /** What is scored. */
  public Topics vectors() {
    return this == PAYMENTS ? Topics.FEATURES : Topics.AML_VECTORS;
  }

  /** Where scores and outcomes go. */
  public Topics decisionTopic() {
    return this == PAYMENTS ? Topics.DECISIONS : Topics.AML_DECISIONS;
  }

  /** Where alerts go. */
  public Topics alertTopic() {
    return this == PAYMENTS ? Topics.ALERTS : Topics.AML_ALERTS;
  }

  /**
   * Refuses a release of another lane.
   *
   * @throws ReleaseRefused if it is
   */
  public void require(Manifest manifest) {
    if (!manifest.lane().equals(word)) {
      throw new ReleaseRefused(
          Path.of(manifest.release()),
          "it is of lane "
              + (manifest.lane().isEmpty() ? PAYMENTS : manifest.lane())
              + ", not of "
              + this);
    }
  }
}
