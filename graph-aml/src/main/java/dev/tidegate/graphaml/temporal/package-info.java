/**
 * Laundering patterns around one payment, as of its moment. In: payments, one at a time; out: the
 * outcome and, in a reused {@link dev.tidegate.graphaml.temporal.Findings}, the payment's signals
 * with the money paths behind them. Plain Java: no Flink, no clock, no input or output. {@link
 * dev.tidegate.graphaml.temporal.TemporalGraph} is the way in.
 */
package dev.tidegate.graphaml.temporal;
