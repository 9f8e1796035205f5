package dev.tidegate.app.laundering;

import org.jspecify.annotations.Nullable;

/**
 * A payment between two accounts and what it turned out to be.
 *
 * @param id the payment's id
 * @param source number of the paying account
 * @param target number of the paid one
 * @param timeMs when, UTC
 * @param amountMinor how much, minor units of its currency
 * @param currency place of its currency among those of the set
 * @param channel place of its channel among those of the set; -1 if it has none
 * @param laundering whether it was laundering
 * @param typology kind of laundering, where the label names one
 * @param pattern id of the pattern it was planted with, where one is known
 */
record LabelledPayment(
    String id,
    long source,
    long target,
    long timeMs,
    long amountMinor,
    int currency,
    int channel,
    boolean laundering,
    @Nullable String typology,
    @Nullable String pattern) {
  /** The same payment as if time ran backwards from an end: from its payee to its payer. */
  LabelledPayment turned(long endMs) {
    return new LabelledPayment(
        id,
        /* source= */ target,
        /* target= */ source,
        endMs - timeMs,
        amountMinor,
        currency,
        channel,
        laundering,
        typology,
        pattern);
  }
}
