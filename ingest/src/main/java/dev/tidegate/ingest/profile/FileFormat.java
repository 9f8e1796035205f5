package dev.tidegate.ingest.profile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written.
 *
 * @param delimiter one ASCII character between values
 * @param header true if the first line names the columns
 * @param columns names of the columns where there is no header, else empty
 * @param charset a set in which ASCII is one byte each
 * @param multiline true if a quoted value may hold line breaks
 * @param sort true if the file is not in time order and has to be sorted
 * @param trim true if blanks around values do not count
 * @param disorder how far behind an earlier row a later row's time may lie in an unsorted file
 * @param nulls values that mean "nothing" in every column
 * @param futureLimit how far ahead of the clock a time may lie; null for no limit
 */
public record FileFormat(
    char delimiter,
    boolean header,
    List<String> columns,
    Charset charset,
    boolean multiline,
    boolean sort,
    boolean trim,
    Duration disorder,
    Set<String> nulls,
    @Nullable Duration futureLimit) {
  /** Comma, header, UTF-8, one line a record, in time order. */
  public static FileFormat plain() {
    return new FileFormat(
        ',',
        true,
        List.of(),
        StandardCharsets.UTF_8,
        false,
        false,
        false,
        Duration.ZERO,
        Set.of(""),
        null);
  }
}
