package dev.tidegate.ingest.profile;

import dev.tidegate.ingest.profile.Profile.RowFilter;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the sections of a profile's YAML into a checked {@link Profile}. */
final class ProfileReader {
  private final YamlSection root;
  private Set<String> nulls = Set.of("");

  ProfileReader(YamlSection root) {
    this.root = root;
  }

  Profile read(String fileName) {
    String name = root.text("name", fileName);
    String title = root.text("title", name);
    FileFormat format = format();
    nulls = format.nulls();
    RowFilter filter = filter();
    YamlSection label = root.section("label");
    Map<String, ColumnCheck> expect = expect();
    YamlSection fields = root.section("fields");
    root.refuseUnknown();
    if (fields == null) {
      throw root.errorHere("the profile lacks 'fields': what each field is read from");
    }
    FieldsReader reader = new FieldsReader(fields, nulls);
    reader.refuseMissing();
    Profile profile =
        new Profile(
            name,
            title,
            format,
            filter,
            reader.time(),
            reader.money(),
            reader.card(),
            reader.texts(),
            label == null ? null : label(label),
            expect);
    fields.refuseUnknown();
    check(profile, fields, label);
    return profile;
  }

  private void check(Profile profile, YamlSection fields, @Nullable YamlSection label) {
    CardRule card = profile.card();
    if (card != null && !card.token()) {
      profile
          .texts()
          .forEach(
              (field, rule) -> {
                if (rule.columns().stream().anyMatch(card.text().columns()::contains)) {
                  throw fields.errorAt(
                      field.key(),
                      "reads a column that holds a card number; only 'card' may, or give 'card'"
                          + " token: true if it is no card number");
                }
              });
    }
    boolean beside = profile.label() != null && profile.label().file() != null;
    if (beside && !profile.fills(CanonicalField.TRANSACTION_ID)) {
      throw Objects.requireNonNull(label)
          .errorAt("file", "needs fields.transactionId, to find a transaction's label");
    }
    List<String> columns = profile.format().columns();
    if (!profile.format().header()) {
      for (String column : profile.columns()) {
        if (!columns.contains(column)) {
          throw root.errorHere(
              "file.columns does not name '" + column + "'" + NearestName.hint(column, columns));
        }
      }
    }
  }

  private FileFormat format() {
    YamlSection file = root.section("file");
    if (file == null) {
      return FileFormat.plain();
    }
    List<String> columns = file.list("columns");
    boolean header = file.flag("header", columns.isEmpty());
    if (!header && columns.isEmpty()) {
      throw file.errorHere("file has no header, so 'columns' must name the columns in order");
    }
    if (header && !columns.isEmpty()) {
      throw file.errorAt("columns", "names columns that the header names already");
    }
    FileFormat format =
        new FileFormat(
            delimiter(file),
            header,
            columns,
            charset(file),
            file.flag("multiline", false),
            file.flag("sort", false),
            file.flag("trim", false),
            duration(file, "disorder", Duration.ZERO),
            file.has("nulls") ? new LinkedHashSet<>(file.list("nulls")) : Set.of(""),
            "off".equals(file.text("futureLimit", "off"))
                ? null
                : duration(file, "futureLimit", Duration.ofDays(1)));
    file.refuseUnknown();
    return format;
  }

  private static char delimiter(YamlSection file) {
    String text = file.text("delimiter", ",");
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) > 126 || text.equals("\"") || text.equals("\n")) {
      throw file.errorAt("delimiter", "must be one ASCII character, or tab");
    }
    return text.charAt(0);
  }

  private static Charset charset(YamlSection file) {
    try {
      Charset charset = Charset.forName(file.text("charset", "UTF-8"));
      String ascii = "a1,\"\n";
      if (ascii.equals(new String(ascii.getBytes(StandardCharsets.US_ASCII), charset))) {
        return charset;
      }
      throw file.errorAt("charset", "must be one in which ASCII is one byte: UTF-8, ISO-8859-1");
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw file.errorAt("charset", "is not known: UTF-8, ISO-8859-1, windows-1252, ...");
    }
  }

  private RowFilter filter() {
    YamlSection rows = root.section("rows");
    if (rows == null) {
      return RowFilter.ALL;
    }
    RowFilter filter = new RowFilter(rows.mapOfLists("keep"), rows.mapOfLists("drop"));
    rows.refuseUnknown();
    return filter;
  }

  private LabelRule label(YamlSection label) {
    @Nullable String file = label.text("file");
    @Nullable String key =
        file == null ? null : label.required("key", "column with the transaction id");
    @Nullable String column =
        file == null ? label.required("column", "the column with the label") : label.text("column");
    Set<String> positive = new LinkedHashSet<>(label.list("positive"));
    if (column != null && positive.isEmpty()) {
      throw label.errorHere("label lacks 'positive': the values that mean fraud");
    }
    if (column == null && !positive.isEmpty()) {
      throw label.errorAt("positive", "needs 'column', the column of the labels file");
    }
    LabelRule rule =
        new LabelRule(
            file,
            key,
            column,
            positive,
            new LinkedHashSet<>(label.list("negative")),
            new LinkedHashSet<>(label.list("unknown")),
            label.has("kind") ? FieldsReader.textRule(label, "kind", nulls, "-") : null,
            duration(label, "delay", LabelRule.DEFAULT_DELAY));
    label.refuseUnknown();
    return rule;
  }

  private Map<String, ColumnCheck> expect() {
    YamlSection expect = root.section("expect");
    if (expect == null) {
      return Map.of();
    }
    Map<String, ColumnCheck> checks = new LinkedHashMap<>();
    for (String column : expect.keys()) {
      checks.put(column, columnCheck(expect, column));
    }
    return checks;
  }

  private static ColumnCheck columnCheck(YamlSection expect, String column) {
    if (!expect.isScalar(column)) {
      Set<String> values = new LinkedHashSet<>(expect.list(column));
      return new ColumnCheck(ColumnCheck.Shape.ONE_OF, values, false);
    }
    String word = expect.text(column, "");
    boolean optional = word.endsWith("?");
    return switch (optional ? word.substring(0, word.length() - 1) : word) {
      case "integer" -> new ColumnCheck(ColumnCheck.Shape.INTEGER, Set.of(), optional);
      case "number" -> new ColumnCheck(ColumnCheck.Shape.NUMBER, Set.of(), optional);
      case "text" -> new ColumnCheck(ColumnCheck.Shape.TEXT, Set.of(), optional);
      case "word" -> new ColumnCheck(ColumnCheck.Shape.WORD, Set.of(), optional);
      default ->
          throw expect.errorAt(
              column,
              "must be integer, number, word or text (with ? if it may be empty), or a list");
    };
  }

  private static Duration duration(YamlSection section, String key, Duration otherwise) {
    String text = section.text(key);
    if (text == null) {
      return otherwise;
    }
    Duration parsed = DurationText.parse(text);
    if (parsed == null) {
      throw section.errorAt(key, "must be a duration such as 7d, 36h, 90s or PT12H");
    }
    return parsed;
  }
}
