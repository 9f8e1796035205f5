package dev.tidegate.ingest.profile;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How a time is read.
 *
 * @param text the column, or several joined
 * @param format letters as in DateTimeFormatter, or {@code iso}; null if the column is a number
 * @param unitMillis milliseconds of one unit of the number; 0 if there is a format
 * @param origin what the number counts from
 * @param zone zone of times that name none
 * @param earliest a time before is implausible
 * @param latest a time from here on is implausible
 */
public record TimeRule(
    TextRule text,
    @Nullable String format,
    long unitMillis,
    Instant origin,
    ZoneId zone,
    Instant earliest,
    Instant latest) {}
