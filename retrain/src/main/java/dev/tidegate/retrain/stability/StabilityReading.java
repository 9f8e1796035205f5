package dev.tidegate.retrain.stability;

/**
 * A feature in an hour against the same hour of the week of the reference.
 *
 * @param feature its name
 * @param hourStartMs when the hour began, UTC milliseconds
 * @param rows counted in it
 * @param psi the index
 * @param threshold what it had to exceed this hour, all features considered
 * @param pValue probability of at least this index without a change
 * @param noneShare share of rows without a value
 * @param unseenShare share of rows with a value that the reference does not know
 * @param streak hours in a row, this one included, that it exceeded its threshold
 * @param pages true in the hour in which the streak becomes long enough
 */
public record StabilityReading(
    String feature,
    long hourStartMs,
    long rows,
    double psi,
    double threshold,
    double pValue,
    double noneShare,
    double unseenShare,
    int streak,
    boolean pages) {}
