package dev.tidegate.app.rules;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.scoring.library.LibraryException;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds rules and the features that they may name. */
public final class RuleFiles {
  private RuleFiles() {}

  /**
   * The language over a catalogue's features.
   *
   * @param catalogue file; null for the one that ships
   */
  public static RuleLanguage language(@Nullable Path catalogue) {
    return language(DeclaredFeatures.read(catalogue));
  }

  /** The language over a catalogue's features. */
  public static RuleLanguage language(Catalogue catalogue) {
    return RuleLanguage.over(catalogue.features().stream().map(Feature::name).toList());
  }

  /**
   * A library.
   *
   * @param where file or folder; null for {@code config/rules}
   * @throws Refused with every problem, its file and its line
   */
  public static RuleLibrary library(@Nullable Path where, RuleLanguage language) {
    try {
      return RuleLibrary.read(where == null ? Home.path("config", "rules") : where, language);
    } catch (LibraryException e) {
      throw new Refused(e);
    }
  }
}
