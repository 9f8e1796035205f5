/**
 * The graph stage. In: [transactions]; out: [graph-signals], one signal for each end of a payment
 * between accounts, of what was known at its moment.
 */
package dev.tidegate.graphaml;
