/**
 * The history: what travelled, kept as Parquet files by day of event time for training, audit and
 * replay. In: [transactions], [features], [labels], [decisions]; out: one folder of files each,
 * every record of a topic once, readable by any Parquet tool.
 */
package dev.tidegate.features.archive;
