/**
 * Training and judging over a file: the door and the Flink feature pipeline as they run live, in a
 * bounded run without Kafka; and what reads a history's files again. In: a file with labels, or a
 * history; out: releases, figures, vectors, rows with their features, and how many served ones
 * differ.
 */
package dev.tidegate.app.offline;
