/**
 * Events to bytes and back: Avro in Confluent's wire format, and the one class that knows the
 * registry's client. In: events; out: record values.
 */
package dev.tidegate.schemas.codec;
