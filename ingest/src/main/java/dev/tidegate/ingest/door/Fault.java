package dev.tidegate.ingest.door;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a row, and where.
 *
 * @param reason the reason
 * @param field field of the profile or column of the file, or null for the row as a whole
 */
record Fault(Reason reason, @Nullable String field) {}
