package dev.tidegate.scoring.rules;

/** A rule, typology or list that cannot be used; the message says where, why and the fix. */
public final class RuleRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  RuleRefused(String message) {
    this(message, 0, 0);
  }

  RuleRefused(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** Line of the expression, from 1; 0 if the expression is not at fault. */
  public int line() {
    return line;
  }

  /** Character of that line, from 1; 0 if the expression is not at fault. */
  public int column() {
    return column;
  }
}
