package dev.tidegate.features.catalogue;

import java.util.List;

/** A catalogue or a rates table that cannot be used; says each problem, its line and its fix. */
public final class CatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  CatalogueException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One text a problem, in the order of the file: {@code config/features.yaml line 12: ...}. */
  public List<String> problems() {
    return problems;
  }
}
