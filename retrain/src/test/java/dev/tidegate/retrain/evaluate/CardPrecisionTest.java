package dev.tidegate.retrain.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CardPrecisionTest {
  private static final long DAY = 86_400_000L;

  @Test
  void shouldMeanTheDailyPrecisionAndLeaveOutFoundCards() {
    ScoredRows rows = new ScoredRows();
    // Day 0: a's best row scores 0.9, its fraud is another row; b 0.8; c 0.1 with a fraud.
    rows.add(0, 0.9, false, "a", null);
    rows.add(1, 0.2, true, "a", null);
    rows.add(2, 0.8, false, "b", null);
    rows.add(3, 0.1, true, "c", null);
    // Day 1: a was found and is left out, so b and c are checked.
    rows.add(DAY, 0.9, true, "a", null);
    rows.add(DAY + 1, 0.3, true, "b", null);
    rows.add(DAY + 2, 0.2, true, "c", null);
    assertThat(CardPrecision.meanAtTop(rows, 2)).isCloseTo((0.5 + 1.0) / 2, within(1e-12));
    assertThat(CardPrecision.meanAtTop(rows, 100))
        .isCloseTo((2.0 / 100 + 1.0 / 100) / 2, within(1e-12));
  }

  @Test
  void shouldHaveNoFigureWithoutCustomers() {
    ScoredRows rows = new ScoredRows();
    rows.add(0, 0.9, true, null, null);
    assertThat(CardPrecision.meanAtTop(rows, 100)).isNull();
  }

  @Property(tries = 300)
  void shouldEqualTheDefinition(
      @ForAll("payments") List<Payment> payments, @ForAll @IntRange(min = 1, max = 4) int top) {
    ScoredRows rows = new ScoredRows();
    payments.forEach(p -> rows.add(p.day * DAY + 5, p.score, p.fraud, p.card, null));
    assertThat(CardPrecision.meanAtTop(rows, top))
        .isEqualTo(byDefinition(payments, top), within(1e-12));
  }

  /** The Handbook's function in its own steps. */
  private static double byDefinition(List<Payment> payments, int top) {
    Set<Integer> days = new TreeSet<>(payments.stream().map(p -> p.day).toList());
    Set<String> found = new HashSet<>();
    List<Double> daily = new ArrayList<>();
    for (int day : days) {
      List<Payment> today =
          payments.stream().filter(p -> p.day == day && !found.contains(p.card)).toList();
      List<String> cards = new ArrayList<>(new TreeSet<>(today.stream().map(p -> p.card).toList()));
      cards.sort(Comparator.comparingDouble((String card) -> -best(today, card)));
      long hits = 0;
      for (String card : cards.subList(0, Math.min(top, cards.size()))) {
        if (today.stream().anyMatch(p -> p.card.equals(card) && p.fraud)) {
          hits++;
          found.add(card);
        }
      }
      daily.add((double) hits / top);
    }
    return daily.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double best(List<Payment> today, String card) {
    return today.stream()
        .filter(p -> p.card.equals(card))
        .mapToDouble(p -> p.score)
        .max()
        .orElseThrow();
  }

  @Provide
  Arbitrary<List<Payment>> payments() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("a", "b", "c", "d", "e", "f"),
            Arbitraries.integers().between(0, 20).map(i -> i / 20.0),
            Arbitraries.of(true, false, false))
        .as(Payment::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  record Payment(int day, String card, double score, boolean fraud) {}
}
