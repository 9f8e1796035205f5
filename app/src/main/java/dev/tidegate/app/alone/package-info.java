/**
 * Stages one by one, each in a process of its own, on a Kafka, a registry and a database that
 * somebody else runs. In: the stage's name and settings. Out: the running stage, its health and its
 * metrics.
 */
package dev.tidegate.app.alone;
