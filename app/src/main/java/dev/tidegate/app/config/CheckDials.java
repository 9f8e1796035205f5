package dev.tidegate.app.config;

import java.time.Duration;

/**
 * Dials of the check of served features against the history.
 *
 * @param interval from one check to the next; zero for none
 * @param slices parts of the keys, one of which a check looks at
 * @param maxPayments most payments that one check computes again
 */
public record CheckDials(Duration interval, int slices, int maxPayments) {
  static CheckDials of(Configuration configuration) {
    return new CheckDials(
        configuration.span("features.check.interval", Duration.ZERO, Duration.ofDays(1)),
        configuration.integer("features.check.slices", 1, 1_000_000),
        configuration.integer("features.check.max-payments", 100, 1_000_000));
  }
}
