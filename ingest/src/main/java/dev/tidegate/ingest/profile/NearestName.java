package dev.tidegate.ingest.profile;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name that a mistyped one most likely means. */
public final class NearestName {
  private NearestName() {}

  /**
   * The candidate with the smallest edit distance (Levenshtein, upper and lower case alike), if it
   * is at most a third of the longer name, or 2.
   */
  public static Optional<String> of(String name, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(plain(name), plain(candidate));
      int allowed = Math.max(2, Math.max(name.length(), candidate.length()) / 3);
      if (distance < bestDistance && distance <= allowed) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The end of an error message: {@code ; did you mean 'x'?}, or nothing. */
  public static String hint(String name, Collection<String> candidates) {
    return of(name, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "").replace(" ", "");
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
