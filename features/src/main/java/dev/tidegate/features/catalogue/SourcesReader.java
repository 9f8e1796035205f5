package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the published works that a catalogue names, {@code {name: handbook, text: "..."}}, and
 * which of them a feature's line cites. They are no part of the digest.
 */
final class SourcesReader {
  /** Key of a feature's line. */
  static final String KEY = "source";

  private static final List<String> KEYS = List.of("name", "text");

  private final Problems problems;
  private final Map<String, String> texts = new LinkedHashMap<>();

  SourcesReader(Problems problems) {
    this.problems = problems;
  }

  void read(YamlMap yaml) {
    yaml.refuseOthers(KEYS);
    yaml.refuseMissing("name", "name: handbook");
    yaml.refuseMissing("text", "text: \"Author, Title, 2022\"");
    Word name = yaml.word("name");
    Word text = yaml.word("text");
    if (name != null && text != null && texts.put(name.text(), text.text()) != null) {
      problems.at(name.line(), "source '" + name.text() + "' stands twice; keep one");
    }
  }

  /** Texts of the works that a line cites. */
  List<String> citedBy(YamlMap family) {
    List<String> cited = new ArrayList<>();
    for (Word word : family.words(KEY)) {
      String text = texts.get(word.text());
      if (text != null) {
        cited.add(text);
      } else {
        String hint = NearestName.hint(word.text(), texts.keySet());
        problems.at(
            word.line(),
            "there is no source '"
                + word.text()
                + "'"
                + (hint.isEmpty() ? "; name it under 'sources'" : hint));
      }
    }
    return cited;
  }
}
