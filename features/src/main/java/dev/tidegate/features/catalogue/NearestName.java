package dev.tidegate.features.catalogue;

import java.util.Collection;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one most likely means. */
final class NearestName {
  private NearestName() {}

  /**
   * The end of an error message: {@code ; did you mean 'x'?} with the name of the smallest edit
   * distance, or nothing if that is over 2 and over a third of the longer name.
   */
  static String hint(String name, Collection<String> known) {
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
