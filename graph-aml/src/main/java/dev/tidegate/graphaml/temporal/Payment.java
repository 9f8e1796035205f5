package dev.tidegate.graphaml.temporal;

/**
 * A payment between two accounts.
 *
 * @param id the payment's id or a fingerprint of it; with source and time it tells repeats
 * @param source the paying account's id or a fingerprint of it
 * @param target the paid account
 * @param timeMs when, milliseconds since 1970 UTC
 * @param amountMinor how much, minor units of its currency; a refund, which is negative, counts in
 *     amounts with its sign and is never the same money as another payment
 * @param currency index into {@link GraphSettings#currencies()}
 */
public record Payment(
    long id, long source, long target, long timeMs, long amountMinor, int currency) {}
