package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.Aggregate.Rule;
import dev.tidegate.features.catalogue.YamlMap.Word;
import dev.tidegate.features.history.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a family of measures: one for each of its entities, aggregates and windows, in this order.
 * What is wrong is noted and the rest read on, so that later lines find the names they refer to.
 */
final class MeasuresReader {
  static final List<String> KEYS =
      List.of(
          "entity",
          "aggregate",
          "field",
          "filter",
          "as",
          "quantile",
          "with_itself",
          "delay",
          "windows",
          SourcesReader.KEY);

  /** What a family says once for all its measures. */
  private record Family(YamlMap yaml, int filter, String as) {}

  private final Problems problems;
  private final FeatureTable table;
  private final FieldReader fields;

  MeasuresReader(Problems problems, FeatureTable table, boolean converts) {
    this.problems = problems;
    this.table = table;
    this.fields = new FieldReader(problems, table, converts);
  }

  void read(YamlMap yaml) {
    yaml.refuseOthers(KEYS);
    yaml.refuseMissing("entity", "entity: account");
    yaml.refuseMissing("aggregate", "aggregate: count");
    Family family = new Family(yaml, filter(yaml), NameWord.of(yaml, problems));
    List<Aggregate> aggregates = all(yaml.words("aggregate"), Vocabulary.AGGREGATES);
    for (Entity entity : all(yaml.words("entity"), Vocabulary.ENTITIES)) {
      for (Aggregate aggregate : aggregates) {
        add(family, entity, aggregate);
      }
    }
  }

  private int filter(YamlMap yaml) {
    Word filter = yaml.word("filter");
    if (filter == null) {
      return Measure.ALL;
    }
    if (!yaml.has("as")) {
      problems.at(
          filter.line(), "a filter needs 'as', a word for the features' names, such as as: online");
    }
    return table.filter(filter);
  }

  private <E> List<E> all(List<Word> words, Vocabulary<E> vocabulary) {
    List<E> constants = new ArrayList<>();
    for (Word word : words) {
      E constant = vocabulary.read(word, problems);
      if (constant != null) {
        constants.add(constant);
      }
    }
    return constants;
  }

  private void add(Family family, Entity entity, Aggregate aggregate) {
    YamlMap yaml = family.yaml();
    FieldReader.Field field = fields.read(yaml, aggregate);
    if (aggregate.has(Rule.EVER) && yaml.has("filter")) {
      problems.at(yaml.line("filter"), aggregate.noun() + " takes no filter; take it out");
    }
    long delayMs = delay(yaml, aggregate);
    double quantile = quantile(yaml, aggregate);
    boolean withItself = withItself(yaml, aggregate, delayMs);
    for (long windowMs : windows(yaml, aggregate)) {
      Measure measure =
          new Measure(
              aggregate.kind(),
              field.money(),
              family.filter(),
              field.tag(),
              windowMs,
              delayMs,
              quantile,
              withItself);
      String name = NameWord.name(entity, measure, field.noun(), family.as());
      table.add(new Feature.Measured(name, entity, measure, family.as()), yaml.line());
    }
  }

  private long[] windows(YamlMap yaml, Aggregate aggregate) {
    boolean ever = aggregate.has(Rule.EVER);
    boolean mayBeEver = aggregate.has(Rule.MAY_TAG) && !yaml.has("field");
    if (ever && yaml.has("windows")) {
      problems.at(
          yaml.line("windows"), aggregate.noun() + " looks at all time; take 'windows' out");
    }
    if (ever || (mayBeEver && !yaml.has("windows"))) {
      return new long[] {0};
    }
    List<Word> words = yaml.words("windows");
    if (words.isEmpty()) {
      problems.at(yaml.line(), aggregate.noun() + " needs windows, such as windows: [1h, 1d, 30d]");
    }
    return words.stream().mapToLong(this::window).filter(ms -> ms > 0).toArray();
  }

  private long window(Word word) {
    long windowMs = Span.parse(word.text());
    if (windowMs >= Span.MINUTE_MS && windowMs <= Span.LONGEST_WINDOW_MS) {
      return windowMs;
    }
    problems.at(
        word.line(),
        "window '" + word.text() + "' must be from 1m to 30d in m, h or d, such as 5m, 1h or 7d");
    return -1;
  }

  private long delay(YamlMap yaml, Aggregate aggregate) {
    Word word = yaml.word("delay");
    long delayMs = word == null ? 0 : Span.parse(word.text());
    if (delayMs < 0 || delayMs > Span.LONGEST_DELAY_MS) {
      problems.at(
          yaml.line("delay"), "delay must be from 0d to 120d in m, h or d, such as delay: 7d");
      return 0;
    }
    if (aggregate.has(Rule.MUST_DELAY) && delayMs == 0) {
      problems.at(
          yaml.line("delay"),
          aggregate.noun()
              + " needs a delay, such as delay: 7d: without it, it would see labels that a bank"
              + " does not have yet");
    } else if (word != null && !aggregate.has(Rule.MUST_DELAY) && !aggregate.has(Rule.MAY_DELAY)) {
      problems.at(
          word.line(),
          aggregate.noun() + " takes no delay; count, sum, mean, deviation, frauds and risk do");
      return 0;
    }
    return delayMs;
  }

  private double quantile(YamlMap yaml, Aggregate aggregate) {
    Word word = yaml.word("quantile");
    if (!aggregate.has(Rule.QUANTILE)) {
      if (word != null) {
        problems.at(word.line(), aggregate.noun() + " takes no quantile; take it out");
      }
      return 0;
    }
    double quantile = number(word);
    if (quantile > 0 && quantile <= 1) {
      return quantile;
    }
    problems.at(
        yaml.line("quantile"),
        aggregate.noun() + " needs a quantile above 0 and at most 1, such as quantile: 0.5");
    return 1;
  }

  private static double number(@Nullable Word word) {
    try {
      return word == null ? Double.NaN : Double.parseDouble(word.text());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private boolean withItself(YamlMap yaml, Aggregate aggregate, long delayMs) {
    Word word = yaml.word("with_itself");
    if (word == null) {
      return delayMs == 0 && aggregate.isWithItself();
    }
    if (!word.text().equals("true") && !word.text().equals("false")) {
      problems.at(word.line(), "with_itself must be true or false");
    } else if (delayMs > 0) {
      problems.at(word.line(), "a delayed window never holds the payment; take with_itself out");
    } else if (!aggregate.mayChooseItself()) {
      problems.at(word.line(), aggregate.noun() + " takes no with_itself; take it out");
    }
    return word.text().equals("true");
  }
}
