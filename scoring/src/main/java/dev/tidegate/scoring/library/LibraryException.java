package dev.tidegate.scoring.library;

import java.util.List;

/** Files of rules that cannot be used; says each problem, its file, its line and its fix. */
public final class LibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  LibraryException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One text a problem: {@code config/rules/mule.yaml line 12: ...}. */
  public List<String> problems() {
    return problems;
  }
}
