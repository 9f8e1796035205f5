package dev.tidegate.scoring.library;

import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.TypologyDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * A typology as it stands in a file of its own.
 *
 * @param file where it was read from
 * @param definition what decides
 * @param words for people
 * @param labels kinds of labels that count as it, for recall and precision; empty if a label only
 *     says fraud or not
 * @param rules that count for it
 * @param rows that it must judge rightly
 */
public record LibraryTypology(
    String file,
    TypologyDefinition definition,
    Words words,
    List<String> labels,
    List<LibraryRule> rules,
    List<LabelledRow> rows) {
  /**
   * What people read.
   *
   * @param title name
   * @param catches what it is there for
   * @param sources public documents that describe it
   */
  public record Words(String title, String catches, List<String> sources) {}

  /** The typology and its rules. */
  public List<Definition> definitions() {
    List<Definition> all = new ArrayList<>();
    all.add(definition);
    rules.forEach(rule -> all.add(rule.definition()));
    return all;
  }
}
