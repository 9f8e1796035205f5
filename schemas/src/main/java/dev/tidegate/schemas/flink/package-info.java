/**
 * Events inside Flink, shared by all jobs: type information and serialiser (no event falls to
 * Kryo), event time with heartbeats, processing in event-time order, and the sources and sinks over
 * Kafka and over files. In: topics and files; out: streams of events, and what jobs send back.
 */
package dev.tidegate.schemas.flink;
