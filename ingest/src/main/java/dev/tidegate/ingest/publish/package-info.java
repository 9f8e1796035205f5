/**
 * The door's Kafka side. In: results of a {@link dev.tidegate.ingest.door.CsvDoor}. Out:
 * [transactions] with heartbeats, [transactions.rejected], [labels], at a rate, with back-pressure,
 * and resumable without loss or repetition.
 */
package dev.tidegate.ingest.publish;
