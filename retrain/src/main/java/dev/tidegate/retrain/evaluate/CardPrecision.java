package dev.tidegate.retrain.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Card precision top-k, as the Fraud Detection Handbook defines it (Le Borgne et al., chapter
 * "Performance metrics"): on each UTC day the k cards with the highest score of the day are
 * checked; the share of k that had a fraud that day is the day's precision; cards found are left
 * out of the following days; the figure is the mean over the days that have rows. A day with fewer
 * than k cards still divides by k. Tied cards are taken in the order of their names. O(n log n).
 */
public final class CardPrecision {
  private static final long MILLIS_A_DAY = 86_400_000L;

  private CardPrecision() {}

  /**
   * Measures.
   *
   * @param rows scored payments; those without a customer are passed over
   * @param top cards checked a day, at least 1
   * @return mean daily precision in [0, 1], or null where no row names a customer
   */
  public static @Nullable Double meanAtTop(ScoredRows rows, int top) {
    if (top < 1) {
      throw new IllegalArgumentException("top must be at least 1: " + top);
    }
    SortedMap<Long, Map<String, Card>> days = byDay(rows);
    if (days.isEmpty()) {
      return null;
    }
    Set<String> found = new HashSet<>();
    double sum = 0;
    for (Map<String, Card> day : days.values()) {
      List<String> hits = hits(day, found, top);
      found.addAll(hits);
      sum += (double) hits.size() / top;
    }
    return sum / days.size();
  }

  private static SortedMap<Long, Map<String, Card>> byDay(ScoredRows rows) {
    SortedMap<Long, Map<String, Card>> days = new TreeMap<>();
    for (int i = 0; i < rows.rows(); i++) {
      String customer = rows.customer(i);
      if (customer != null) {
        days.computeIfAbsent(Math.floorDiv(rows.timeMs(i), MILLIS_A_DAY), day -> new HashMap<>())
            .merge(customer, new Card(rows.score(i), rows.fraud(i)), Card::with);
      }
    }
    return days;
  }

  private static List<String> hits(Map<String, Card> day, Set<String> found, int top) {
    List<Map.Entry<String, Card>> cards = new ArrayList<>(day.entrySet());
    cards.removeIf(card -> found.contains(card.getKey()));
    cards.sort(
        Map.Entry.<String, Card>comparingByValue(Comparator.comparingDouble(Card::score).reversed())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> hits = new ArrayList<>();
    for (Map.Entry<String, Card> card : cards.subList(0, Math.min(top, cards.size()))) {
      if (card.getValue().fraud()) {
        hits.add(card.getKey());
      }
    }
    return hits;
  }

  /** A card's day: its highest score, and whether it had a fraud. */
  private record Card(double score, boolean fraud) {
    Card with(Card other) {
      return new Card(Math.max(score, other.score), fraud || other.fraud);
    }
  }
}
