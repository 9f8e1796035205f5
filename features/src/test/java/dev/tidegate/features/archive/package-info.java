/** Tests of the history: files read back by DuckDB, queries of the docs, kills in the middle. */
package dev.tidegate.features.archive;
