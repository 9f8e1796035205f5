package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import dev.tidegate.features.history.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How features get their names. */
final class NameWord {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,79}");

  private NameWord() {}

  /** The family's own word, key {@code as}; empty if it has none, or the problem is noted. */
  static String of(YamlMap yaml, Problems problems) {
    Word word = yaml.word("as");
    if (word == null || WORD.matcher(word.text()).matches()) {
      return word == null ? "" : word.text();
    }
    problems.at(
        word.line(), "'as' must be a word of lower case letters, digits and _, such as online");
    return "";
  }

  /**
   * {@code entity_aggregate[_field][_as][_quantile][_before|_with_itself][_delayed][_window]}; the
   * parts in brackets where they differ from what the aggregate does by itself.
   */
  static String name(Entity entity, Measure measure, String field, String as) {
    Aggregate aggregate = Aggregate.of(measure.kind());
    List<String> words = new ArrayList<>(List.of(entity.noun(), aggregate.noun()));
    words.add(field);
    words.add(as);
    if (measure.quantile() > 0) {
      words.add("q" + percent(measure.quantile()));
    }
    if (measure.delayMs() > 0) {
      words.add(aggregate.has(Aggregate.Rule.MUST_DELAY) ? "" : "delayed");
    } else if (measure.withItself() != aggregate.isWithItself()) {
      words.add(measure.withItself() ? "with_itself" : "before");
    }
    words.add(measure.windowMs() == 0 ? "" : Span.text(measure.windowMs()));
    words.removeIf(String::isEmpty);
    return String.join("_", words);
  }

  /** 0.5 is 50 and 0.995 is 99_5. */
  private static String percent(double quantile) {
    BigDecimal percent = BigDecimal.valueOf(quantile).movePointRight(2).stripTrailingZeros();
    return percent.toPlainString().replace('.', '_');
  }
}
