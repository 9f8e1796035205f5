package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the sequences of a catalogue: {@code {entity: card, length: 32, fields: [age, amount]}}.
 */
final class SequencesReader {
  private static final List<String> KEYS = List.of("entity", "length", "fields");
  private static final String FIELDS = "fields";

  private final Problems problems;
  private final FeatureTable table;
  private final boolean converts;
  private final List<Sequence> sequences = new ArrayList<>();

  /** Reads for a catalogue with or without a rates table. */
  SequencesReader(Problems problems, FeatureTable table, boolean converts) {
    this.problems = problems;
    this.table = table;
    this.converts = converts;
  }

  /** Those that were read, in the order of the file. */
  List<Sequence> sequences() {
    return sequences;
  }

  void read(YamlMap yaml) {
    yaml.refuseOthers(KEYS);
    yaml.refuseMissing("entity", "entity: card");
    yaml.refuseMissing("length", "length: 32");
    Word word = yaml.word("entity");
    Word length = yaml.word("length");
    Entity entity = word == null ? null : Vocabulary.ENTITIES.read(word, problems);
    if (entity == null || length == null) {
      return;
    }
    List<SequenceField> fields = fields(yaml, entity);
    if (!isLength(length.text())) {
      problems.at(length.line(), "length must be a whole number from 1 to " + Sequence.LONGEST);
    } else if (sequences.stream().anyMatch(sequence -> sequence.entity() == entity)) {
      problems.at(yaml.line(), entity.noun() + " has a sequence already; take one out");
    } else {
      sequences.add(new Sequence(entity, Integer.parseInt(length.text()), fields));
    }
  }

  private static boolean isLength(String text) {
    return text.matches("[1-9]\\d?") && Integer.parseInt(text) <= Sequence.LONGEST;
  }

  private List<SequenceField> fields(YamlMap yaml, Entity entity) {
    List<SequenceField> fields = new ArrayList<>();
    List<Word> words = yaml.words(FIELDS);
    words.forEach(word -> field(word, entity, fields));
    if (!yaml.has(FIELDS)) {
      fields.addAll(SequenceField.usual(entity));
    } else if (words.isEmpty()) {
      problems.at(
          yaml.line(FIELDS),
          "a sequence needs a field; leave 'fields' out for "
              + SequenceField.nouns(SequenceField.usual(entity)));
    }
    for (SequenceField field : fields) {
      Tag tag = field.tag();
      if (tag != null) {
        table.tag(tag);
      }
    }
    return fields;
  }

  private void field(Word word, Entity entity, List<SequenceField> fields) {
    SequenceField field = Vocabulary.SEQUENCE_FIELDS.read(word, problems);
    if (field == null) {
      return;
    }
    if (fields.contains(field)) {
      problems.at(word.line(), "field '" + field.noun() + "' stands there twice; take one out");
    } else if (field.isOwn(entity)) {
      problems.at(
          word.line(),
          field.noun() + " is the same for all events of one " + entity.noun() + "; take it out");
    } else if (field == SequenceField.BASE_AMOUNT && !converts) {
      problems.at(word.line(), FieldReader.noRates());
    } else {
      fields.add(field);
    }
  }
}
