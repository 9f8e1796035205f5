/**
 * Fan-in and fan-out of one account within a window. In: (account's state, one end of a payment);
 * out: distinct peers, counts and amounts. Plain Java: no Flink, no clock, no input or output.
 */
package dev.tidegate.graphaml.fans;
