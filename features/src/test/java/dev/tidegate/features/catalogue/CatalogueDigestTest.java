package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The digest tells two catalogues apart exactly if a definition differs. */
class CatalogueDigestTest {
  private static final List<String> SHAPES =
      List.of(
          "aggregate: count",
          "aggregate: sum",
          "aggregate: mean, field: base_amount",
          "aggregate: count, filter: 'channel == \"a\\b\" || amount > 5.0', as: big",
          "aggregate: count, delay: 36h",
          "aggregate: risk, delay: 7d",
          "aggregate: distinct, field: merchant",
          "aggregate: is_new, field: device",
          "aggregate: time_since, field: ip",
          "aggregate: z_score",
          "aggregate: quantile_ratio, quantile: 0.9",
          "aggregate: max, with_itself: false",
          "aggregate: hour_score, as: 'true'");

  private record Family(Entity entity, String shape, int minutes) {
    String line() {
      return "{entity: " + entity.noun() + ", " + shape + ", windows: [" + minutes + "m]}";
    }

    /** The same, written otherwise. */
    String otherwise() {
      String window = minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
      return "{windows: "
          + window
          + ",\n     "
          + shape
          + ", # why\n     entity: "
          + entity.noun()
          + "}";
    }
  }

  @Provide
  Arbitrary<List<Family>> families() {
    Arbitrary<Integer> minutes =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 43_200),
            Arbitraries.integers().between(1, 720).map(hours -> hours * 60));
    return Combinators.combine(Arbitraries.of(Entity.values()), Arbitraries.of(SHAPES), minutes)
        .as(Family::new)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  private static Catalogue parsed(List<Family> families) {
    return Texts.catalogue(families.stream().map(Family::line).toArray(String[]::new));
  }

  @Property(tries = 200)
  void shouldReadBackItsCanonicalText(@ForAll("families") List<Family> families) {
    Catalogue first = parsed(families);
    Catalogue second = Catalogue.parse(first.canonical(), "canonical", Texts.RATES);
    assertThat(second.features()).isEqualTo(first.features());
    assertThat(second.filters()).isEqualTo(first.filters());
    assertThat(second.tags()).isEqualTo(first.tags());
    assertThat(second.canonical()).isEqualTo(first.canonical());
    assertThat(second.digest()).isEqualTo(first.digest());
  }

  @Property(tries = 200)
  void shouldNotMindTheLayout(@ForAll("families") List<Family> families) {
    Catalogue other =
        Texts.catalogue(families.stream().map(Family::otherwise).toArray(String[]::new));
    assertThat(other.digest()).isEqualTo(parsed(families).digest());
  }

  @Property(tries = 200)
  void shouldChangeWithAnyDefinition(
      @ForAll("families") List<Family> one, @ForAll("families") List<Family> two) {
    assertThat(parsed(one).digest().equals(parsed(two).digest())).isEqualTo(one.equals(two));
    List<Family> changed = new ArrayList<>(one);
    changed.set(0, two.get(0));
    if (Collections.frequency(changed, two.get(0)) == 1) {
      boolean same = parsed(one).digest().equals(parsed(changed).digest());
      assertThat(same).isEqualTo(one.equals(changed));
    }
  }

  @Test
  void shouldChangeWithTheOrder() {
    assertThat(Texts.catalogue("{payment: [amount, is_night]}").digest())
        .isNotEqualTo(Texts.catalogue("{payment: [is_night, amount]}").digest());
  }

  @Test
  void shouldChangeWithTheRatesOnlyIfAmountsAreConverted() {
    Rates nextDay = Rates.parse("{base: EUR, date: 2026-01-03, rates: {USD: 1.25}}", "rates.yaml");
    for (String line :
        List.of(
            "{payment: base_amount}",
            "{entity: ip, aggregate: sum, field: base_amount, windows: 1d}",
            "{entity: ip, aggregate: count, filter: base_amount > 5.0, as: a, windows: 1d}")) {
      assertThat(digest(line, nextDay)).isNotEqualTo(digest(line, Texts.RATES));
    }
    assertThat(digest("{payment: amount}", nextDay))
        .isEqualTo(digest("{payment: amount}", Texts.RATES));
  }

  @Test
  void shouldChangeWithTheFieldsOfASequence() {
    String usual =
        "age, amount, hour_of_day, same_counterparty, same_category, same_country, same_device";
    String none = sequence("length: 32", Texts.RATES);
    assertThat(sequence("length: 32, fields: [" + usual + "]", Texts.RATES)).isEqualTo(none);
    assertThat(sequence("length: 31", Texts.RATES)).isNotEqualTo(none);
    assertThat(sequence("length: 32, fields: [age, amount]", Texts.RATES))
        .isNotEqualTo(none)
        .isNotEqualTo(sequence("length: 32, fields: [amount, age]", Texts.RATES));
    Rates nextDay = Rates.parse("{base: EUR, date: 2026-01-03, rates: {USD: 1.25}}", "rates.yaml");
    assertThat(sequence("length: 32, fields: [base_amount]", nextDay))
        .isNotEqualTo(sequence("length: 32, fields: [base_amount]", Texts.RATES));
    assertThat(sequence("length: 32", nextDay)).isEqualTo(none);
  }

  @Test
  void shouldReadBackTheCanonicalTextOfASequence() {
    Catalogue first =
        Catalogue.parse(
            "{features: [{payment: amount}], sequences: [{entity: ip, length: 4, fields:"
                + " [same_account, age]}]}",
            "test.yaml",
            Texts.RATES);
    Catalogue second = Catalogue.parse(first.canonical(), "canonical", Texts.RATES);
    assertThat(second.sequences()).isEqualTo(first.sequences());
    assertThat(second.digest()).isEqualTo(first.digest());
  }

  private static String sequence(String shape, Rates rates) {
    String yaml = "{features: [{payment: amount}], sequences: [{entity: account, " + shape + "}]}";
    return Catalogue.parse(yaml, "test.yaml", rates).digest();
  }

  private static String digest(String line, Rates rates) {
    return Catalogue.parse("features: [" + line + "]", "test.yaml", rates).digest();
  }
}
