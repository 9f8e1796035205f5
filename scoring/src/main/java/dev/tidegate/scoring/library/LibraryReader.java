package dev.tidegate.scoring.library;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.rules.RuleDefinition;
import dev.tidegate.scoring.rules.RuleRefused;
import dev.tidegate.scoring.rules.TypologyDefinition;
import dev.tidegate.scoring.rules.Validity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The YAML of one file as a typology with its rules; its words and forms, not its expressions. */
final class LibraryReader {
  private static final List<String> FILE = List.of("typology", "rules");
  private static final List<String> TYPOLOGY =
      List.of(
          "id",
          "version",
          "title",
          "catches",
          "lane",
          "threshold",
          "outcome",
          "sources",
          "labels",
          "valid_from",
          "valid_until",
          "tests");
  private static final List<String> RULE =
      List.of(
          "id",
          "version",
          "title",
          "catches",
          "when",
          "weight",
          "outcome",
          "sources",
          "valid_from",
          "valid_until",
          "tests");
  private static final List<String> TEST = List.of("fires", "given");

  private LibraryReader() {}

  /** Reads a file's text; throws {@link YamlEntry.Wrong} at the first problem. */
  static LibraryTypology read(String file, String yaml) {
    YamlEntry root = YamlEntry.parse(yaml, FILE);
    YamlEntry head = root.entry("typology", TYPOLOGY);
    TypologyDefinition definition = typology(head);
    List<LibraryRule> rules = new ArrayList<>();
    for (YamlEntry entry : root.entries("rules", RULE)) {
      rules.add(rule(entry, definition.id()));
    }
    if (rules.isEmpty()) {
      throw new YamlEntry.Wrong(root.line(), "lacks 'rules'");
    }
    return new LibraryTypology(
        file,
        definition,
        new LibraryTypology.Words(head.text("title"), head.text("catches"), sources(head)),
        head.texts("labels"),
        rules,
        rows(head));
  }

  private static List<String> sources(YamlEntry head) {
    List<String> sources = head.texts("sources");
    if (sources.isEmpty()) {
      throw new YamlEntry.Wrong(head.line(), "lacks 'sources': documents that describe it");
    }
    return sources;
  }

  private static TypologyDefinition typology(YamlEntry head) {
    String lane = head.textOrNull("lane");
    try {
      return new TypologyDefinition(
          head.text("id"),
          (int) head.number("version", 1),
          head.number("threshold", 1),
          outcome(head),
          lane == null ? Lane.FRAUD : constant(Lane.class, lane, head.line("lane")),
          validity(head));
    } catch (RuleRefused e) {
      throw new YamlEntry.Wrong(head.line(), String.valueOf(e.getMessage()));
    }
  }

  private static LibraryRule rule(YamlEntry entry, String typology) {
    try {
      return new LibraryRule(
          new RuleDefinition(
              entry.text("id"),
              (int) entry.number("version", 1),
              entry.text("when"),
              outcome(entry),
              entry.number("weight", 0),
              typology,
              validity(entry)),
          entry.line("when"),
          entry.text("title"),
          entry.text("catches"),
          entry.texts("sources"),
          rows(entry));
    } catch (RuleRefused e) {
      throw new YamlEntry.Wrong(entry.line(), String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Outcome outcome(YamlEntry entry) {
    String text = entry.textOrNull("outcome");
    return text == null || text.equals("alert")
        ? null
        : constant(Outcome.class, text, entry.line("outcome"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text, int line) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    List<String> known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    String more = type == Outcome.class ? " or alert" : "";
    throw new YamlEntry.Wrong(
        line, "'" + text + "' must be one of " + String.join(", ", known) + more);
  }

  private static Validity validity(YamlEntry entry) {
    return new Validity(
        time(entry, "valid_from", Long.MIN_VALUE), time(entry, "valid_until", Long.MAX_VALUE));
  }

  private static long time(YamlEntry entry, String key, long otherwise) {
    String text = entry.textOrNull(key);
    try {
      return text == null ? otherwise : Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      throw new YamlEntry.Wrong(
          entry.line(key), "'" + key + "' must be a time such as 2026-07-01T00:00:00Z");
    }
  }

  private static List<LabelledRow> rows(YamlEntry entry) {
    List<LabelledRow> rows = new ArrayList<>();
    for (YamlEntry test : entry.entries("tests", TEST)) {
      String fires = test.text("fires");
      if (!fires.equals("true") && !fires.equals("false")) {
        throw new YamlEntry.Wrong(test.line("fires"), "'fires' must be true or false");
      }
      rows.add(
          new LabelledRow(test.line(), fires.equals("true"), test.entry("given", List.of()).map()));
    }
    return rows;
  }
}
