/**
 * The graph stage. In: [transactions]; out: [graph-signals], one signal for each payment between
 * accounts, of what was known at its moment.
 */
package dev.tidegate.graphaml;
