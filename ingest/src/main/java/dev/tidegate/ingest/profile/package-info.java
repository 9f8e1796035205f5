/**
 * Format profiles. In: a YAML file that says which columns become which fields. Out: a checked
 * {@link dev.tidegate.ingest.profile.Profile}, or an error that names the file, the line and the
 * fix.
 */
package dev.tidegate.ingest.profile;
