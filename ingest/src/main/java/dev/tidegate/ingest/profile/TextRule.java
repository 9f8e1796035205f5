package dev.tidegate.ingest.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a field's text comes from: a constant, a column, or several columns joined; then nulls,
 * value map and default, in this order.
 *
 * @param columns the columns, empty for a constant
 * @param join what stands between several columns
 * @param constant the constant, or null
 * @param nulls values that mean "nothing"; with several columns, one such part makes the whole
 *     nothing
 * @param values what stands in the file -> what it becomes; other values stay
 * @param fallback what "nothing" becomes, or null for nothing
 * @param notCard true if what looks like a card number in this field is none
 */
public record TextRule(
    List<String> columns,
    String join,
    @Nullable String constant,
    Set<String> nulls,
    Map<String, String> values,
    @Nullable String fallback,
    boolean notCard) {
  /** The rule for a column as it stands. */
  public static TextRule column(String column, Set<String> nulls) {
    return new TextRule(List.of(column), "-", null, nulls, Map.of(), null, false);
  }
}
