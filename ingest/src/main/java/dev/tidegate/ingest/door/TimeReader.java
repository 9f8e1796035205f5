package dev.tidegate.ingest.door;

import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.TimeRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Reads the time of a payment. Not thread safe. */
final class TimeReader {
  // configuration
  private final TextReader text;
  private final int column;
  private final TimeParser parser;
  private final long earliest;
  private final long latest;
  private final @Nullable Duration futureLimit;
  private final InstantSource clock;

  // runtime
  private long millis;

  TimeReader(Profile profile, ColumnIndex index, InstantSource clock) {
    TimeRule rule = profile.time();
    this.text = new TextReader(rule.text(), index);
    this.column = text.plainColumn();
    this.parser = TimeParser.of(rule);
    this.earliest = rule.earliest().toEpochMilli();
    this.latest = rule.latest().toEpochMilli();
    this.futureLimit = profile.format().futureLimit();
    this.clock = clock;
  }

  /** Reads a row; null if all is well, then the time is there. */
  @Nullable Fault read(Row row) {
    long value;
    if (column >= 0) {
      if (row.start(column) == row.end(column)) {
        return new Fault(Reason.TIME_MISSING, "time");
      }
      value = parser.parse(row.bytes(), row.start(column), row.end(column));
    } else {
      String joined = text.read(row);
      if (joined == null) {
        return new Fault(Reason.TIME_MISSING, "time");
      }
      byte[] bytes = joined.getBytes(StandardCharsets.UTF_8);
      value = parser.parse(bytes, 0, bytes.length);
    }
    if (value == TimeParser.UNREADABLE) {
      return new Fault(Reason.TIME_UNREADABLE, "time");
    }
    if (value < earliest || value >= latest) {
      return new Fault(Reason.TIME_IMPLAUSIBLE, "time");
    }
    if (futureLimit != null && value > clock.millis() + futureLimit.toMillis()) {
      return new Fault(Reason.TIME_IN_FUTURE, "time");
    }
    millis = value;
    return null;
  }

  long millis() {
    return millis;
  }
}
