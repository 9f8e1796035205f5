package dev.tidegate.app.rules;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of one typology or one rule while payments go by. Not thread safe. */
final class FiringTally {
  private static final double PER = 10_000;

  private final String id;
  private final List<String> labels;
  private final Map<String, long[]> kinds = new TreeMap<>();
  private final Set<String> cases = new HashSet<>();
  private final Set<String> casesFound = new HashSet<>();
  private long alerts;
  private long crime;

  /**
   * A tally.
   *
   * @param id of the typology or rule
   * @param labels kinds of planted payments that count as right
   */
  FiringTally(String id, List<String> labels) {
    this.id = id;
    this.labels = labels;
  }

  /**
   * One payment.
   *
   * @param fired ids that fired on it
   * @param kind of the planted case it belongs to, or null
   * @param planting the case
   */
  void note(List<String> fired, @Nullable String kind, String planting) {
    boolean met = fired.contains(id);
    if (met) {
      alerts++;
      crime += kind == null ? 0 : 1;
    }
    if (kind != null && labels.contains(kind)) {
      long[] counts = kinds.computeIfAbsent(kind, unused -> new long[2]);
      counts[0]++;
      counts[1] += met ? 1 : 0;
      cases.add(planting);
      if (met) {
        casesFound.add(planting);
      }
    }
  }

  RuleFigures figures(long payments) {
    List<RuleFigures.OfKind> byKind =
        kinds.entrySet().stream()
            .map(e -> new RuleFigures.OfKind(e.getKey(), e.getValue()[0], e.getValue()[1]))
            .toList();
    return new RuleFigures(
        id,
        labels,
        new RuleFigures.Alerts(
            alerts,
            byKind.stream().mapToLong(RuleFigures.OfKind::alerted).sum(),
            crime,
            payments == 0 ? 0 : alerts * PER / payments),
        new RuleFigures.Cases(cases.size(), casesFound.size()),
        byKind);
  }
}
