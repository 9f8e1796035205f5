/**
 * Training and judging over a file: the door and the Flink feature pipeline as they run live, in a
 * bounded run without Kafka. In: a file with labels; out: releases, figures, and the rows with
 * their features.
 */
package dev.tidegate.app.offline;
