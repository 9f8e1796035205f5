package dev.tidegate.ingest.profile;

import java.util.Set;

/**
 * What the values of a column must look like.
 *
 * @param shape the kind of value
 * @param values the only values, where the shape is {@link Shape#ONE_OF}
 * @param optional true if the value may be nothing
 */
public record ColumnCheck(Shape shape, Set<String> values, boolean optional) {
  /** Kinds of value. */
  public enum Shape {
    /** Digits, perhaps with a minus before. */
    INTEGER,
    /** A decimal number, perhaps with an exponent. */
    NUMBER,
    /** Anything with a letter or a digit in it. */
    TEXT,
    /** Letters, digits, {@code _}, {@code -} and {@code .} alone, of ASCII. */
    WORD,
    /** One of a closed set. */
    ONE_OF
  }
}
