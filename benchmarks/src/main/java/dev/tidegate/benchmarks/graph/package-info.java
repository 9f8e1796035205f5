/**
 * The graph's kernel, one payment at a time: a file or a generated multigraph in, costs and sizes
 * out.
 */
package dev.tidegate.benchmarks.graph;
