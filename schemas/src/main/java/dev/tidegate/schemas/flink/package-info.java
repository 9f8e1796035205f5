/**
 * Events inside Flink: type information and serialiser, so that no event falls to Kryo. In: event
 * classes; out: what Flink needs to move and keep them.
 */
package dev.tidegate.schemas.flink;
