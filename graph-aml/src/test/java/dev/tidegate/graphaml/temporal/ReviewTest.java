package dev.tidegate.graphaml.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Payments that are asked about again, once all of their time are in. */
class ReviewTest {
  /** Told otherwise by a review: see {@link TemporalGraph#review}. */
  private static final Set<String> OTHERWISE =
      Set.of("source_dormant_ms", "target_dormant_ms", "component_growth");

  @Provide
  Arbitrary<List<Payment>> dense() {
    return Streams.of(60, 6);
  }

  @Property(tries = 150)
  void shouldTellOfThePaymentJustAddedWhatAddTold(@ForAll("dense") List<Payment> payments) {
    TemporalGraph graph = new TemporalGraph(Streams.following(Streams.unbounded(12)));
    Findings added = new Findings(graph.layout());
    Findings reviewed = new Findings(graph.layout());
    for (Payment payment : payments) {
      if (graph.add(payment, added) == Outcome.ADDED) {
        graph.review(payment, reviewed);
        assertThat(named(graph, reviewed)).isEqualTo(named(graph, added));
        assertThat(reviewed.cycles()).isEqualTo(added.cycles());
      }
    }
  }

  @Property(tries = 100)
  void shouldNotChangeWhatIsToldLater(@ForAll("dense") List<Payment> payments) {
    TemporalGraph plain = new TemporalGraph(Streams.unbounded(12));
    TemporalGraph asked = new TemporalGraph(Streams.unbounded(12));
    Findings expected = new Findings(plain.layout());
    Findings found = new Findings(plain.layout());
    Findings unread = new Findings(plain.layout());
    for (Payment payment : payments) {
      Outcome outcome = plain.add(payment, expected);
      assertThat(asked.add(payment, found)).isEqualTo(outcome);
      assertThat(found.values()).isEqualTo(expected.values());
      if (outcome == Outcome.ADDED) {
        asked.review(payment, unread);
      }
    }
  }

  @Test
  void shouldTellTheSameInWhateverOrderADayCame() {
    Random random = new Random(7);
    List<Payment> payments = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int source = random.nextInt(12);
      int target = (source + 1 + random.nextInt(11)) % 12;
      payments.add(new Payment(i, source, target, 100L * (i / 30), 90 + random.nextInt(20), 0));
    }
    List<Payment> shuffled = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      List<Payment> ofDay = new ArrayList<>(payments.subList(30 * day, 30 * day + 30));
      Collections.shuffle(ofDay, random);
      shuffled.addAll(ofDay);
    }
    assertThat(shuffled).isNotEqualTo(payments);
    assertThat(byDay(shuffled)).isEqualTo(byDay(payments)).hasSize(300);
  }

  @Test
  void shouldRefuseAPaymentThatIsNotThere() {
    TemporalGraph graph = new TemporalGraph(Streams.unbounded(12));
    Findings findings = new Findings(graph.layout());
    graph.add(new Payment(1, 2, 3, 1_000, 100, 0), findings);
    assertThatThrownBy(() -> graph.review(new Payment(9, 2, 3, 1_000, 100, 0), findings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("payment 9");
    assertThatThrownBy(() -> graph.review(new Payment(1, 8, 3, 1_000, 100, 0), findings))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<Long, List<Double>> byDay(List<Payment> payments) {
    TemporalGraph graph = new TemporalGraph(Streams.following(Streams.unbounded(1_000)));
    Findings findings = new Findings(graph.layout());
    Map<Long, List<Double>> told = new HashMap<>();
    for (int from = 0; from < payments.size(); from += 30) {
      List<Payment> day = payments.subList(from, from + 30);
      day.forEach(graph::restore);
      for (Payment payment : day) {
        graph.review(payment, findings);
        List<Double> values = new ArrayList<>();
        for (double value : findings.values()) {
          values.add(value);
        }
        told.put(payment.id(), values);
      }
    }
    return told;
  }

  private static Map<String, Double> named(TemporalGraph graph, Findings findings) {
    Map<String, Double> named = new HashMap<>();
    for (int i = 0; i < graph.layout().size(); i++) {
      String name = graph.layout().names().get(i);
      if (!OTHERWISE.contains(name)) {
        named.put(name, findings.values()[i]);
      }
    }
    return named;
  }
}
