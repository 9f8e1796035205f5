package dev.tidegate.graphaml.links;

/**
 * A member was seen with an identifier.
 *
 * @param timeMs when, milliseconds UTC
 * @param member account or customer
 * @param kind of the identifier
 * @param value the identifier, a token where it is personal
 */
public record Sighting(long timeMs, String member, IdentifierKind kind, String value) {}
