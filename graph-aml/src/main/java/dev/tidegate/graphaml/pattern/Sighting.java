package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.util.List;
import java.util.Set;

/**
 * One payment was found to be part of one pattern.
 *
 * @param pattern which
 * @param focus the account that it is about: where money is collected, scattered, comes back to or
 *     ends
 * @param width how large: payments of a cycle or a chain, else accounts
 * @param smallest width from which on there is an alert
 * @param joints what makes two sightings of this pattern one episode: they have one of these in
 *     common
 * @param hops the payments that make it up, oldest first, the one in hand among them
 */
record Sighting(
    LaunderingPattern pattern,
    long focus,
    int width,
    int smallest,
    Set<Long> joints,
    List<Hop> hops) {}
