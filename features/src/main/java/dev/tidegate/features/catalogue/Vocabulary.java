package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The words that stand for the constants of an enum. */
final class Vocabulary<E> {
  static final Vocabulary<Entity> ENTITIES =
      new Vocabulary<>("entity", List.of(Entity.values()), Entity::noun);
  static final Vocabulary<Aggregate> AGGREGATES =
      new Vocabulary<>("aggregate", List.of(Aggregate.values()), Aggregate::noun);
  static final Vocabulary<Tag> TAGS = new Vocabulary<>("field", List.of(Tag.values()), Tag::noun);
  static final Vocabulary<PaymentValue> PAYMENT_VALUES =
      new Vocabulary<>("value of a payment", List.of(PaymentValue.values()), PaymentValue::noun);
  static final Vocabulary<SequenceField> SEQUENCE_FIELDS =
      new Vocabulary<>("field of a sequence", List.of(SequenceField.values()), SequenceField::noun);

  private final String what;
  private final Map<String, E> byNoun = new LinkedHashMap<>();

  private Vocabulary(String what, List<E> constants, Function<E, String> noun) {
    this.what = what;
    constants.forEach(constant -> byNoun.put(noun.apply(constant), constant));
  }

  /** What a word stands for; null, with the nearest word in the problem, if it is not known. */
  @Nullable E read(Word word, Problems problems) {
    E constant = byNoun.get(word.text());
    if (constant == null) {
      problems.at(word.line(), unknown(what, word.text(), List.copyOf(byNoun.keySet())));
    }
    return constant;
  }

  /** The message for a word that is not among the known ones. */
  static String unknown(String what, String word, List<String> known) {
    String hint = NearestName.hint(word, known);
    String all = "; there are " + String.join(", ", known);
    return "there is no " + what + " '" + word + "'" + (hint.isEmpty() ? all : hint);
  }
}
