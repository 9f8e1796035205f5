/**
 * What travels between stages: the topic catalogue. In: nothing; out: names, keys, values,
 * partitions, retention, writers and readers of every topic.
 */
package dev.tidegate.schemas;
