package dev.tidegate.graphaml.temporal;

/**
 * One step of a money path: a payment as the graph keeps it.
 *
 * @param payment its id
 * @param from the paying account
 * @param to the paid account
 * @param timeMs when, milliseconds since 1970 UTC
 * @param value how much, minor units of the base currency
 */
public record Hop(long payment, long from, long to, long timeMs, long value) {}
