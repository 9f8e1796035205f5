package dev.tidegate.features.catalogue;

import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;

/** Catalogues, rates and payments for tests. */
final class Texts {
  static final Path CONFIG = Path.of(System.getProperty("tidegate.home"), "config");

  static final Rates RATES =
      Rates.parse("{base: EUR, date: 2026-01-02, rates: {USD: 1.25, JPY: 160, SEK: 10.8}}", "r");

  private Texts() {}

  /** A catalogue of lines under {@code features:}. */
  static Catalogue catalogue(String... lines) {
    return Catalogue.parse("features:\n" + indented(lines), "test.yaml", RATES);
  }

  /** The first of the lines stands on line 2. */
  static String indented(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append("  - ").append(line).append('\n');
    }
    return text.toString();
  }

  /** 12.34 EUR on Wednesday 2018-07-25 at 18:30 UTC. */
  static Transaction.Builder payment() {
    return Transaction.newBuilder()
        .setTransactionId("t")
        .setEventTimeMs(1_532_543_400_000L)
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount("payer")
        .setAmountMinor(1_234)
        .setCurrency("EUR");
  }
}
