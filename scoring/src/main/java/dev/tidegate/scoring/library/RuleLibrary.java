package dev.tidegate.scoring.library;

import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRefused;
import dev.tidegate.scoring.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The typologies of a folder of YAML files, one a file, with their rules. Expressions are checked
 * when they are read, against a language.
 *
 * @param typologies in the order of the files' names
 */
public record RuleLibrary(List<LibraryTypology> typologies) {
  /** Takes a copy. */
  public RuleLibrary {
    typologies = List.copyOf(typologies);
  }

  /**
   * Reads a file, or all {@code *.yaml} of a folder.
   *
   * @throws LibraryException with every file's first problem and every expression that is wrong
   */
  public static RuleLibrary read(Path where, RuleLanguage language) {
    List<String> problems = new ArrayList<>();
    List<LibraryTypology> typologies = new ArrayList<>();
    for (Path file : files(where)) {
      LibraryTypology typology = one(file, problems);
      if (typology != null) {
        check(typology, language, problems);
        typologies.add(typology);
      }
    }
    RuleLibrary library = new RuleLibrary(typologies);
    if (problems.isEmpty()) {
      try {
        RuleSet.of(language, library.definitions());
      } catch (RuleRefused e) {
        problems.add(where + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new LibraryException(problems);
    }
    return library;
  }

  private static List<Path> files(Path where) {
    try {
      if (!Files.isDirectory(where)) {
        return List.of(where);
      }
      try (Stream<Path> all = Files.list(where)) {
        return all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      }
    } catch (IOException e) {
      throw new LibraryException(List.of(where + " cannot be read: " + e.getMessage()));
    }
  }

  private static @Nullable LibraryTypology one(Path file, List<String> problems) {
    try {
      return LibraryReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      problems.add(file + " cannot be read: " + e.getMessage());
    } catch (YamlEntry.Wrong e) {
      problems.add(file + " line " + e.line() + ": " + e.getMessage());
    }
    return null;
  }

  private static void check(
      LibraryTypology typology, RuleLanguage language, List<String> problems) {
    for (LibraryRule rule : typology.rules()) {
      try {
        RuleSet.of(language, List.of(rule.definition()));
      } catch (RuleRefused e) {
        int line = rule.line() + Math.max(0, e.line() - 1);
        problems.add(typology.file() + " line " + line + ": " + e.getMessage());
      }
    }
  }

  /** Every typology and rule. */
  public List<Definition> definitions() {
    return typologies.stream().flatMap(typology -> typology.definitions().stream()).toList();
  }
}
