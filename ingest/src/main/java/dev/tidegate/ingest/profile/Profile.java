package dev.tidegate.ingest.profile;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file's columns become Transactions and Labels.
 *
 * @param name source name of every transaction read with it
 * @param title one line for people
 * @param format how the file is written
 * @param filter which rows are read
 * @param time when a payment was made
 * @param money how much, and of which currency
 * @param card the card, or null
 * @param texts every other field that is filled
 * @param label what a payment turned out to be, or null
 * @param expect what columns must look like
 */
public record Profile(
    String name,
    String title,
    FileFormat format,
    RowFilter filter,
    TimeRule time,
    MoneyRule money,
    @Nullable CardRule card,
    Map<CanonicalField, TextRule> texts,
    @Nullable LabelRule label,
    Map<String, ColumnCheck> expect) {

  /**
   * Which rows are read.
   *
   * @param keep only rows whose column has one of the values
   * @param drop no row whose column has one of the values
   */
  public record RowFilter(Map<String, Set<String>> keep, Map<String, Set<String>> drop) {
    /** Every row. */
    public static final RowFilter ALL = new RowFilter(Map.of(), Map.of());
  }

  /** The rule of a field that is plain text, or null if the profile does not fill it. */
  public @Nullable TextRule text(CanonicalField field) {
    return texts.get(field);
  }

  /** True if the profile fills a field. */
  public boolean fills(CanonicalField field) {
    return switch (field) {
      case TIME, AMOUNT, CURRENCY -> true;
      case CARD -> card != null;
      default -> texts.containsKey(field);
    };
  }

  /** Columns with the label and its kind; a file without them is read as one without labels. */
  public Set<String> labelColumns() {
    Set<String> columns = new LinkedHashSet<>();
    if (label != null && label.file() == null) {
      if (label.column() != null) {
        columns.add(label.column());
      }
      if (label.kind() != null) {
        columns.addAll(label.kind().columns());
      }
    }
    return columns;
  }

  /** Every column of the data file that the profile names, in the order of the profile. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    texts.values().forEach(rule -> columns.addAll(rule.columns()));
    columns.addAll(time.text().columns());
    columns.addAll(money.amount().columns());
    columns.addAll(money.currency().columns());
    if (card != null) {
      columns.addAll(card.text().columns());
    }
    columns.addAll(labelColumns());
    columns.addAll(filter.keep().keySet());
    columns.addAll(filter.drop().keySet());
    columns.addAll(expect.keySet());
    return columns;
  }
}
