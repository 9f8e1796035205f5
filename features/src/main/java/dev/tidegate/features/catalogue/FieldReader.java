package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.Aggregate.Rule;
import dev.tidegate.features.catalogue.YamlMap.Word;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.util.List;

/** Reads which field of its payments a family looks at: amounts in two ways, or a tag. */
final class FieldReader {
  /** Word for the payment's amount converted to the base currency. */
  static final String BASE_AMOUNT = "base_amount";

  private static final String AMOUNT = "amount";
  private static final List<String> AMOUNTS = List.of(AMOUNT, BASE_AMOUNT);
  private static final Field NOTHING = new Field(Money.NONE, Measure.NO_TAG, "");

  /**
   * A field.
   *
   * @param noun its word in the features' names; empty for none
   */
  record Field(Money money, int tag, String noun) {}

  private final Problems problems;
  private final FeatureTable table;
  private final boolean converts;

  /** Reads for a catalogue with or without a rates table. */
  FieldReader(Problems problems, FeatureTable table, boolean converts) {
    this.problems = problems;
    this.table = table;
    this.converts = converts;
  }

  Field read(YamlMap yaml, Aggregate aggregate) {
    Word word = yaml.word("field");
    if (aggregate.has(Rule.AMOUNT)) {
      return word == null ? new Field(Money.OWN, Measure.NO_TAG, "") : amount(word);
    }
    boolean takesTag = aggregate.has(Rule.TAG) || aggregate.has(Rule.MAY_TAG);
    if (word != null && !takesTag) {
      problems.at(word.line(), aggregate.noun() + " takes no field; take it out");
    } else if (word != null) {
      return tag(word);
    } else if (aggregate.has(Rule.TAG)) {
      problems.at(yaml.line(), aggregate.noun() + " needs a field, such as field: merchant");
    }
    return NOTHING;
  }

  private Field amount(Word word) {
    if (word.text().equals(AMOUNT)) {
      return new Field(Money.OWN, Measure.NO_TAG, "");
    }
    if (!word.text().equals(BASE_AMOUNT)) {
      problems.at(word.line(), Vocabulary.unknown("amount", word.text(), AMOUNTS));
    } else if (!converts) {
      problems.at(word.line(), noRates());
    }
    return new Field(Money.BASE, Measure.NO_TAG, "base");
  }

  /** The message for a conversion that has no table. */
  static String noRates() {
    return BASE_AMOUNT + " needs a rates table; put rates.yaml beside the catalogue";
  }

  private Field tag(Word word) {
    Tag tag = Vocabulary.TAGS.read(word, problems);
    return tag == null ? NOTHING : new Field(Money.NONE, table.tag(tag), tag.noun());
  }
}
