package dev.tidegate.scoring.library;

import dev.tidegate.scoring.rules.RuleDefinition;
import java.util.List;

/**
 * A rule as it stands in a file.
 *
 * @param definition what decides
 * @param line of its expression in the file
 * @param title for people
 * @param catches what it is there for
 * @param sources public documents that describe it; empty for those of its typology
 * @param rows that it must judge rightly
 */
public record LibraryRule(
    RuleDefinition definition,
    int line,
    String title,
    String catches,
    List<String> sources,
    List<LabelledRow> rows) {}
