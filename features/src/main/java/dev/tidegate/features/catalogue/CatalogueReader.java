package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads a catalogue's YAML; see {@link Catalogue} for what it may say. */
final class CatalogueReader {
  private static final List<String> ROOT = List.of("sources", "features", "sequences");
  private static final List<String> PAYMENT = List.of("payment", SourcesReader.KEY);
  private static final List<String> RATIO = List.of("ratio", "as", SourcesReader.KEY);

  private final Problems problems;
  private final Rates rates;
  private final FeatureTable table;
  private final MeasuresReader measures;
  private final SequencesReader sequences;
  private final SourcesReader sources;

  CatalogueReader(String file, Rates rates) {
    this.problems = new Problems(file);
    this.rates = rates;
    this.table = new FeatureTable(problems);
    this.measures = new MeasuresReader(problems, table, !rates.isEmpty());
    this.sources = new SourcesReader(problems);
    this.sequences = new SequencesReader(problems, table, !rates.isEmpty());
  }

  /**
   * The catalogue that a text is.
   *
   * @throws CatalogueException with every problem
   */
  Catalogue read(String yaml) {
    YamlMap root = YamlMap.parse(yaml, "the catalogue", problems);
    if (root != null) {
      root.refuseOthers(ROOT);
      root.refuseMissing("features", "features: [{entity: account, aggregate: count, ...}]");
      root.maps("sources", "the source").forEach(sources::read);
      root.maps("features", "the feature").forEach(this::family);
      root.maps("sequences", "the sequence").forEach(sequences::read);
      checkRatios();
      if (table.features().isEmpty() && problems.isEmpty()) {
        problems.at(root.line("features"), "the catalogue declares no feature");
      }
    }
    problems.refuse();
    return new Catalogue(
        new Catalogue.Parts(
            table.features(),
            table.filters(),
            table.tags(),
            sequences.sequences(),
            rates,
            table.sources()));
  }

  private void family(YamlMap family) {
    table.cite(sources.citedBy(family));
    if (family.has("payment")) {
      payment(family);
    } else if (family.has("ratio")) {
      ratio(family);
    } else if (family.keys().stream().anyMatch(MeasuresReader.KEYS::contains)) {
      measures.read(family);
    } else {
      Set<String> known = new TreeSet<>(MeasuresReader.KEYS);
      known.addAll(PAYMENT);
      known.addAll(RATIO);
      String first = family.keys().stream().findFirst().orElse("");
      problems.at(
          family.line(),
          "a feature is {entity: ..., aggregate: ..., windows: [...]}, {payment: [...]} or"
              + " {ratio: [..., ...]}"
              + NearestName.hint(first, known));
    }
  }

  private void payment(YamlMap family) {
    family.refuseOthers(PAYMENT);
    for (Word word : family.words("payment")) {
      PaymentValue value = Vocabulary.PAYMENT_VALUES.read(word, problems);
      if (value == PaymentValue.BASE_AMOUNT && rates.isEmpty()) {
        problems.at(word.line(), FieldReader.noRates());
      }
      if (value != null) {
        table.add(new Feature.OfPayment(value.noun(), value), word.line());
      }
    }
  }

  private void ratio(YamlMap family) {
    family.refuseOthers(RATIO);
    String as = NameWord.of(family, problems);
    List<Word> parts = family.words("ratio");
    if (parts.size() != 2) {
      problems.at(
          family.line("ratio"),
          "a ratio is of two features, such as ratio: [card_sum_1d, card_sum_30d]");
      return;
    }
    String numerator = parts.get(0).text();
    String denominator = parts.get(1).text();
    String name = as.isEmpty() ? numerator + "_per_" + denominator : as;
    table.add(new Feature.Ratio(name, numerator, denominator), family.line());
  }

  private void checkRatios() {
    List<Feature.Ratio> ratios =
        table.features().stream()
            .filter(Feature.Ratio.class::isInstance)
            .map(Feature.Ratio.class::cast)
            .toList();
    for (Feature.Ratio ratio : ratios) {
      checkPart(ratio, ratio.numerator());
      checkPart(ratio, ratio.denominator());
    }
    Predicate<String> isRatio =
        new TreeSet<>(ratios.stream().map(Feature::name).toList())::contains;
    List<Feature.Ratio> ordered = RatioOrder.of(ratios, isRatio);
    List<Feature.Ratio> circle = ratios.stream().filter(r -> !ordered.contains(r)).toList();
    for (Feature.Ratio ratio : circle) {
      String names = String.join(", ", circle.stream().map(Feature::name).toList());
      problems.at(
          table.line(ratio),
          "ratio '" + ratio.name() + "' stands in a circle, so it has no value; mend " + names);
    }
  }

  private void checkPart(Feature.Ratio ratio, String part) {
    if (!table.isDeclared(part)) {
      String hint = NearestName.hint(part, table.names());
      problems.at(
          table.line(ratio),
          "there is no feature '"
              + part
              + "'"
              + (hint.isEmpty() ? "; declare it, or name one that is" : hint));
    }
  }
}
