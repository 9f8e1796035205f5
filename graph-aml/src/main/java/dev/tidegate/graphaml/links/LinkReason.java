package dev.tidegate.graphaml.links;

/**
 * One identifier that two members share.
 *
 * @param kind of the identifier
 * @param value the identifier
 * @param weight what its kind adds to the pair's weight
 * @param sinceMs from when both had it without a gap longer than the kind's window
 * @param lastMs when the one of the two that was seen with it longer ago had it last
 */
public record LinkReason(
    IdentifierKind kind, String value, double weight, long sinceMs, long lastMs) {}
