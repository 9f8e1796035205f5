package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The ready catalogue and its page in the docs say the same. */
class CataloguePageTest {
  private static final Path PAGE = Texts.CONFIG.resolveSibling("docs/reference/features.md");

  /** Written anew by {@code mvn -pl features test -Dtidegate.docs.write=true}. */
  @Test
  void shouldMatchTheReferencePage() throws IOException {
    String page = page(Catalogue.read(Texts.CONFIG.resolve("features.yaml")));
    if (Boolean.getBoolean("tidegate.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).content().isEqualTo(page);
  }

  private static String page(Catalogue catalogue) {
    StringBuilder page =
        new StringBuilder(
            """
            # Features

            Made from `config/features.yaml`, in the order of a vector's values. Values are float32; NaN
            where a payment does not name the entity or nothing is known. A window ends with the payment
            and holds it, unless its line says otherwise; without a window, a feature looks at all time.
            The source is a published work that computes it, or for signs of laundering asks for it, of
            the same entity or another one, over such a window.

            """);
    page.append(catalogue.size()).append(" features; those of converted amounts use ");
    page.append("`config/rates.yaml`.\n\n");
    page.append("| | name | of | what | window | unit | source |\n");
    page.append("| --: | --- | --- | --- | --- | --- | --- |\n");
    for (Feature feature : catalogue.features()) {
      Description words = catalogue.describe(feature);
      page.append("| ").append(catalogue.place(feature.name()));
      page.append(" | `").append(feature.name()).append("` | ").append(words.subject());
      page.append(" | ").append(words.meaning().replace("|", "\\|"));
      page.append(" | ").append(words.window()).append(" | ").append(words.unit());
      page.append(" | ").append(String.join("; ", catalogue.sources(feature))).append(" |\n");
    }
    catalogue.sequences().forEach(sequence -> sequence(page, catalogue, sequence));
    return page.toString();
  }

  private static void sequence(StringBuilder page, Catalogue catalogue, Sequence sequence) {
    String noun = sequence.entity().noun();
    page.append("\n## Sequence ").append(catalogue.sequencePlace(sequence.entity()));
    page.append(" of a vector: the last payments of the ").append(noun).append("\n\n");
    page.append("At most ").append(sequence.length());
    page.append(" rows, of payments of the 30 days up to this one; this payment's is the last.");
    page.append("\n\n| | field | what | unit |\n| --: | --- | --- | --- |\n");
    for (SequenceField field : sequence.fields()) {
      page.append("| ").append(sequence.fields().indexOf(field));
      page.append(" | `").append(field.noun()).append("` | ").append(field.definition());
      page.append(" | ").append(field.unit()).append(" |\n");
    }
  }
}
