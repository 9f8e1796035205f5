package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.pattern.Edge;
import dev.tidegate.graphaml.pattern.Sighting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replica, or the shards, saw of a payment that was searched.
 *
 * @param number the payment's place in the order of all payments; 0 from shards
 * @param ingestedAtMs wall clock when the door accepted it
 * @param edge the payment as evidence; null if the graph did not take it
 * @param sightings patterns that it is part of
 */
public record Spotted(
    long number, long ingestedAtMs, @Nullable Edge edge, List<Sighting> sightings) {
  /** A payment that the graph did not take. */
  static Spotted nothing(long number) {
    return new Spotted(number, 0, null, List.of());
  }
}
