package dev.tidegate.scoring.rules;

import java.util.regex.Pattern;

/** What a rule set is made of: rules, typologies, lists. */
public sealed interface Definition permits RuleDefinition, TypologyDefinition, ListDefinition {
  /** Letters, digits, '.' and '-', at most 80 of them. */
  Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");

  /** Unique in a rule set, whatever it is of. */
  String id();

  /** Counts from 1. */
  int version();

  /** All that decides, as one text: equal texts decide equally. */
  String canonical();

  /** Refuses an id or a version of another form. */
  static void requireNamed(String id, int version) {
    if (!ID.matcher(id).matches()) {
      throw new RuleRefused(
          "id '" + id + "' must be lower-case letters, digits, '.' or '-', at most 80");
    }
    if (version < 1) {
      throw new RuleRefused(id + ": version must be 1 or more, not " + version);
    }
  }
}
