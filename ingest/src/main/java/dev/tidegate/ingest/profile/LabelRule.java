package dev.tidegate.ingest.profile;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where labels stand: in a column of the same file, or in a file beside it whose rows are the
 * positives.
 *
 * @param file the file beside, relative to the data file's folder; null for the same file
 * @param key column of that file with the transaction id; null for the same file
 * @param column column with the label; null if each row of the file beside is a positive
 * @param positive values for fraud
 * @param negative values for not fraud; empty if every other value is
 * @param unknown values for "not known": no label
 * @param kind scenario or typology of a positive, or null
 * @param delay how long after the payment the label became known
 */
public record LabelRule(
    @Nullable String file,
    @Nullable String key,
    @Nullable String column,
    Set<String> positive,
    Set<String> negative,
    Set<String> unknown,
    @Nullable TextRule kind,
    Duration delay) {
  /** Delay of a profile that names none. */
  public static final Duration DEFAULT_DELAY = Duration.ofDays(7);
}
