/**
 * The way into the AML lane. In: [features] and the graph's signals; out: [aml-vectors], one vector
 * for each payment between accounts, of what both say about it.
 */
package dev.tidegate.graphaml.lane;
