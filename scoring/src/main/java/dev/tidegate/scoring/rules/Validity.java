package dev.tidegate.scoring.rules;

/**
 * The payments that a rule looks at, by their own time, so that a replay finds what was found live.
 *
 * @param fromMs first payment time, UTC milliseconds
 * @param untilMs payment time from which it looks no longer
 */
public record Validity(long fromMs, long untilMs) {
  /** Every payment. */
  public static final Validity ALWAYS = new Validity(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Refuses a time box that holds nothing. */
  public Validity {
    if (fromMs >= untilMs) {
      throw new RuleRefused("valid until " + untilMs + " is not after valid from " + fromMs);
    }
  }

  /** True if a payment of that time is looked at. */
  public boolean covers(long eventTimeMs) {
    return eventTimeMs >= fromMs && eventTimeMs < untilMs;
  }
}
