package dev.tidegate.app.alone;

import dev.tidegate.app.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The stages that run alone. */
public enum StageName {
  /** The features job on a Flink of its own. */
  FEATURES,
  /** The check of served features against the history. */
  FEATURES_CHECK,
  /** The graph job on a Flink of its own. */
  GRAPH_AML,
  /** The history job on a Flink of its own. */
  HISTORY,
  /** A scorer. */
  SCORING,
  /** A scorer of the AML lane. */
  SCORING_AML,
  /** The monitors of the release in charge, and the watch for causes to train. */
  MONITORS,
  /** The launcher of trainings. */
  LAUNCHER,
  /** The trials of releases that trainings made. */
  TRIALS,
  /** The page. */
  CONSOLE;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it connects to the broker and the registry; what does not reads files alone. */
  boolean usesServers() {
    return this != FEATURES_CHECK;
  }

  /**
   * The stage of a word.
   *
   * @throws Refused if there is none
   */
  public static StageName of(String word) {
    return Arrays.stream(values())
        .filter(stage -> stage.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new Refused("no stage " + word + "; the stages are " + words()));
  }

  /** All words, with commas between. */
  public static String words() {
    return Arrays.stream(values()).map(StageName::word).collect(Collectors.joining(", "));
  }
}
