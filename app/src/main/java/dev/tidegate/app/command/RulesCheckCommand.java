package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleFiles;
import dev.tidegate.scoring.library.LibraryRule;
import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate rules check}. */
@Command(
    name = "check",
    description = {
      "Read rules and list them, each typed against the features' names.",
      "Exit code 0 if they are right, 2 with the line and character of each that is not."
    },
    footer = {"", "Example:  tidegate rules check my/rules.yaml"})
public final class RulesCheckCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "File or folder of rules. Default: config/rules.")
  private @Nullable Path where;

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description = "Catalogue of the features they name. Default: config/features.yaml.")
  private @Nullable Path features;

  @Option(
      names = "--models",
      paramLabel = "NAMES",
      split = ",",
      description = "Names that score(...) may take besides the roles. Default: any.")
  private Set<String> models = Set.of();

  /** For picocli. */
  public RulesCheckCommand() {}

  private RuleLanguage named(RuleLanguage language) {
    if (models.isEmpty()) {
      return language;
    }
    Set<String> known = new TreeSet<>(Set.of("champion", "canary", "shadow"));
    known.addAll(models);
    return language.naming(known);
  }

  @Override
  public Integer call() {
    RuleLanguage language = named(RuleFiles.language(features));
    RuleLibrary library = RuleFiles.library(where, language);
    int rules = 0;
    for (LibraryTypology typology : library.typologies()) {
      common
          .out()
          .printf(Locale.ROOT, "%-44s %s%n", typology.definition().id(), typology.words().title());
      for (LibraryRule rule : typology.rules()) {
        common.out().printf(Locale.ROOT, "  %-42s %s%n", rule.definition().id(), rule.title());
        rules++;
      }
    }
    common
        .out()
        .printf(
            Locale.ROOT,
            "%d typologies, %d rules, version %s%n",
            library.typologies().size(),
            rules,
            RuleSet.of(language, library.definitions()).version());
    return 0;
  }
}
