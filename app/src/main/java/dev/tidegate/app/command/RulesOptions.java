package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleFiles;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules, over which features. */
public final class RulesOptions {
  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "File or folder of rules. Default: config/rules.")
  private @Nullable Path rules;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Catalogue of the features they name. Default: config/features.yaml.")
  private @Nullable Path features;

  /** For picocli. */
  public RulesOptions() {}

  RuleLanguage language() {
    return RuleFiles.language(features);
  }

  /** The catalogue's file; null for the one that ships. */
  @Nullable Path features() {
    return features;
  }

  RuleLibrary library(RuleLanguage language) {
    return RuleFiles.library(rules, language);
  }
}
