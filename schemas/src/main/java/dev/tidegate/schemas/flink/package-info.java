/**
 * Events inside Flink, shared by all jobs: type information and serialiser (no event falls to
 * Kryo), event time with heartbeats, processing in event-time order, source and sinks over Kafka.
 * In: topics; out: streams of events, and what jobs send back.
 */
package dev.tidegate.schemas.flink;
