/** A breach of the map, for {@code ModuleMapTest}. */
package dev.tidegate.benchmarks.planted;
