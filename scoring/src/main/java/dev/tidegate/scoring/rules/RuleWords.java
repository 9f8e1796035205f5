package dev.tidegate.scoring.rules;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The compiler's complaints in words of the trade. */
final class RuleWords {
  private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern MISUSED =
      Pattern.compile("found no matching overload for '([^']*)' applied to '(.*?)'( \\(.*)?");

  private RuleWords() {}

  /** A complaint for people; names the nearest known name where one is unknown. */
  static String plain(String message, Collection<String> names) {
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.matches()) {
      String name = unknown.group(1);
      String hint = nearest(name, names);
      return "'"
          + name
          + "' is not known"
          + (hint.isEmpty() ? "; a rule may use a payment's fields and features by name" : hint);
    }
    Matcher misused = MISUSED.matcher(message);
    if (misused.matches()) {
      String operator = misused.group(1).replace("_", " ").strip();
      String types = misused.group(2);
      boolean mixed = types.contains("double") && types.contains("int");
      String fix = mixed ? "; write whole numbers with a point, such as 200.0" : "";
      return "'" + operator + "' does not take " + types + fix;
    }
    return message;
  }

  /**
   * The end of a message: {@code ; did you mean 'x'?} with the name of the smallest edit distance,
   * or nothing if that is over 2 and over a third of the longer name.
   */
  static String nearest(String name, Collection<String> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int allowed = Math.max(2, Math.max(name.length(), candidate.length()) / 3);
      int distance = new LevenshteinDistance(allowed).apply(name, candidate);
      if (distance >= 0 && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }
}
