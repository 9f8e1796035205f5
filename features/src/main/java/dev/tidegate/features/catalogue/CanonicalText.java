package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.math.BigDecimal;
import java.util.TreeSet;

/**
 * A catalogue in one way of writing: a line a feature, defaults left out. As YAML it reads back to
 * the same catalogue; with the meaning of its words before it, it is what the digest is made of.
 */
final class CanonicalText {
  private final Catalogue catalogue;

  CanonicalText(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** YAML that reads back to the same catalogue, given the same rates. */
  String yaml() {
    StringBuilder text = new StringBuilder("features:\n");
    for (Feature feature : catalogue.features()) {
      text.append("  - {").append(line(feature)).append("}\n");
    }
    if (!catalogue.sequences().isEmpty()) {
      text.append("sequences:\n");
    }
    for (Sequence sequence : catalogue.sequences()) {
      text.append("  - {entity: ").append(sequence.entity().noun());
      text.append(", length: ").append(sequence.length());
      if (!sequence.isUsual()) {
        text.append(", fields: [");
        text.append(SequenceField.nouns(sequence.fields())).append(']');
      }
      text.append("}\n");
    }
    return text.toString();
  }

  /** Everything that the values depend on; two equal texts give equal vectors. */
  String digested() {
    StringBuilder text = new StringBuilder("tidegate catalogue 1\n");
    text.append("kernel ").append(Catalogue.KERNEL_VERSION).append('\n');
    text.append("values float32, amounts in major units, unknown NaN\n");
    for (Entity entity : catalogue.entities()) {
      text.append("entity ").append(entity.noun()).append(" = ");
      text.append(entity.definition()).append('\n');
    }
    for (Tag tag : new TreeSet<>(catalogue.tags())) {
      text.append("field ").append(tag.noun()).append(" = ").append(tag.definition()).append('\n');
    }
    for (Catalogue.ValueAt at : catalogue.values()) {
      PaymentValue value = at.value();
      text.append("payment ").append(value.noun()).append(" = ");
      text.append(value.definition()).append('\n');
    }
    if (converts()) {
      text.append("rates ").append(catalogue.rates().canonical()).append('\n');
    }
    return text.append(yaml()).toString();
  }

  /** Whether any value depends on the rates table. */
  private boolean converts() {
    return catalogue.filters().stream().anyMatch(f -> f.contains(FieldReader.BASE_AMOUNT))
        || catalogue.features().stream().anyMatch(CanonicalText::converts)
        || catalogue.sequences().stream()
            .anyMatch(sequence -> sequence.fields().contains(SequenceField.BASE_AMOUNT));
  }

  private static boolean converts(Feature feature) {
    if (feature instanceof Feature.Measured measured) {
      return measured.measure().money() == Money.BASE;
    }
    return feature instanceof Feature.OfPayment of && of.value() == PaymentValue.BASE_AMOUNT;
  }

  private String line(Feature feature) {
    if (feature instanceof Feature.Measured measured) {
      return measured(measured);
    }
    if (feature instanceof Feature.OfPayment of) {
      return "payment: [" + of.value().noun() + "]";
    }
    Feature.Ratio ratio = (Feature.Ratio) feature;
    String parts = "ratio: [" + ratio.numerator() + ", " + ratio.denominator() + "]";
    boolean named = !ratio.name().equals(ratio.numerator() + "_per_" + ratio.denominator());
    return named ? parts + ", as: " + quoted(ratio.name()) : parts;
  }

  private String measured(Feature.Measured feature) {
    Measure measure = feature.measure();
    Aggregate aggregate = Aggregate.of(measure.kind());
    StringBuilder line = new StringBuilder("entity: ").append(feature.entity().noun());
    line.append(", aggregate: ").append(aggregate.noun());
    if (measure.money() == Money.BASE) {
      line.append(", field: ").append(FieldReader.BASE_AMOUNT);
    }
    if (measure.tag() != Measure.NO_TAG) {
      line.append(", field: ").append(catalogue.tags().get(measure.tag()).noun());
    }
    if (measure.filter() != Measure.ALL) {
      line.append(", filter: ").append(quoted(catalogue.filters().get(measure.filter())));
    }
    if (!feature.as().isEmpty()) {
      line.append(", as: ").append(quoted(feature.as()));
    }
    return line.append(shape(measure, aggregate)).toString();
  }

  private static String shape(Measure measure, Aggregate aggregate) {
    StringBuilder shape = new StringBuilder();
    if (measure.quantile() > 0) {
      shape.append(", quantile: ");
      shape.append(BigDecimal.valueOf(measure.quantile()).stripTrailingZeros().toPlainString());
    }
    if (measure.delayMs() > 0) {
      shape.append(", delay: ").append(Span.text(measure.delayMs()));
    } else if (measure.withItself() != aggregate.isWithItself()) {
      shape.append(", with_itself: ").append(measure.withItself());
    }
    if (measure.windowMs() > 0) {
      shape.append(", windows: [").append(Span.text(measure.windowMs())).append(']');
    }
    return shape.toString();
  }

  /** A double-quoted YAML scalar of a text; words such as "true" stay texts. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        String hex = "000" + Integer.toHexString(c);
        quoted.append("\\u").append(hex.substring(hex.length() - 4));
      }
    }
    return quoted.append('"').toString();
  }
}
