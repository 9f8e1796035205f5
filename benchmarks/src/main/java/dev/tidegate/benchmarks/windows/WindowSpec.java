package dev.tidegate.benchmarks.windows;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Rates;

/**
 * A window to measure.
 *
 * @param word as the catalogue writes it, {@code 24h}
 * @param lengthMs its length, milliseconds
 */
public record WindowSpec(String word, long lengthMs) {
  private static final long HOUR_MS = 3_600_000L;

  /** One hour. */
  public static final WindowSpec HOUR = new WindowSpec("1h", HOUR_MS);

  /** A day. */
  public static final WindowSpec DAY = new WindowSpec("24h", 24 * HOUR_MS);

  /** A week. */
  public static final WindowSpec WEEK = new WindowSpec("7d", 7 * 24 * HOUR_MS);

  /** 30 days. */
  public static final WindowSpec MONTH = new WindowSpec("30d", 30 * 24 * HOUR_MS);

  /** Count, sum, mean and maximum of this window alone. */
  public Catalogue catalogue() {
    return catalogue("[" + word + "]");
  }

  /** The same beside a count over 30 days, for which the history is kept as long as always. */
  public Catalogue catalogueOfAMonth() {
    return this.equals(MONTH) ? catalogue() : catalogue("[" + word + ", 30d]");
  }

  private static Catalogue catalogue(String windows) {
    return Catalogue.parse(
        "features:\n  - {entity: account, aggregate: [count, sum, mean, max], windows: "
            + windows
            + "}\n",
        "benchmark",
        Rates.none());
  }
}
