package dev.tidegate.features.catalogue;

/**
 * A feature in words, for pages and reasons.
 *
 * @param subject whose history it looks at: an entity's noun, {@code payment} or {@code ratio}
 * @param meaning what it says
 * @param window length of its window, such as {@code 7d}; empty where it has none
 * @param unit what it counts
 */
public record Description(String subject, String meaning, String window, String unit) {}
