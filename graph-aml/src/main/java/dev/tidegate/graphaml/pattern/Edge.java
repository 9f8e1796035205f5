package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;

/**
 * A payment that is evidence.
 *
 * @param hop as the graph keeps it
 * @param transactionId its id
 * @param from the paying account
 * @param to the paid account
 * @param amountMinor minor units of its currency
 * @param currency ISO 4217 code
 */
public record Edge(
    Hop hop, String transactionId, String from, String to, long amountMinor, String currency) {}
