package dev.tidegate.ingest.sighting;

import dev.tidegate.ingest.csv.InputFile;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.csv.Row;
import dev.tidegate.ingest.csv.RowFault;
import dev.tidegate.ingest.csv.RowReader;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.door.Tokeniser;
import dev.tidegate.ingest.profile.FileFormat;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of sightings with the columns {@code member,kind,value,seen_at} in any order: an
 * account or customer, a kind by its name, the identifier, and a moment (ISO 8601) or a day. Plain
 * or packed, see {@link InputFile}.
 *
 * <p>Documents, phones, e-mail and postal addresses become keyed tokens, after blanks around them
 * are dropped and letters made small; a phone loses all but its digits, the others their repeated
 * blanks. Devices, IP addresses and beneficiaries stay as payments have them, or they would not
 * meet those of payments. A line that cannot be read is counted by its reason, never by its
 * content. Not thread safe.
 */
public final class SightingFile implements AutoCloseable {
  private static final List<String> COLUMNS = List.of("member", "kind", "value", "seen_at");
  private static final Set<IdentifierKind> OF_PEOPLE =
      Set.of(
          IdentifierKind.DOCUMENT,
          IdentifierKind.PHONE,
          IdentifierKind.EMAIL,
          IdentifierKind.ADDRESS);

  /** Why a line is no sighting. */
  public enum Fault {
    /** It is no row of CSV, or has another number of values than the header. */
    ROW,
    /** It names no member. */
    MEMBER,
    /** Its kind is none that links. */
    KIND,
    /** It has no identifier. */
    VALUE,
    /** Its time is neither a moment nor a day. */
    TIME
  }

  /**
   * Lines of one fault.
   *
   * @param count how many
   * @param firstLine the first of them, from 1
   */
  public record Faults(long count, long firstLine) {}

  // configuration
  private final RowReader rows;
  private final Tokeniser tokens;
  private final String source;
  private final int[] places;
  private final int width;

  // runtime
  private final Map<Fault, Faults> faults = new EnumMap<>(Fault.class);

  private SightingFile(RowReader rows, Tokeniser tokens, String source, Row header) {
    this.rows = rows;
    this.tokens = tokens;
    this.source = source;
    this.width = header.size();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      names.add(header.text(i).strip().toLowerCase(Locale.ROOT));
    }
    places = COLUMNS.stream().mapToInt(names::indexOf).toArray();
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0) {
        throw new InputProblem(
            source
                + " has no column "
                + COLUMNS.get(i)
                + "; it needs "
                + String.join(",", COLUMNS));
      }
    }
  }

  /**
   * Opens a file.
   *
   * @param key for tokens: the one that the platform's door has
   * @throws InputProblem if it is not there or lacks a column
   */
  public static SightingFile open(Path file, TokenKey key) throws IOException {
    RowReader rows = new RowReader(InputFile.of(file).open(), FileFormat.plain());
    try {
      if (!rows.advance() || rows.fault() != RowFault.NONE) {
        throw new InputProblem(file + " is empty or no CSV");
      }
      return new SightingFile(
          rows, new Tokeniser(key), String.valueOf(file.getFileName()), rows.row());
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** The next sighting; null after the last. Lines that are none are passed over and counted. */
  public @Nullable Sighting next() {
    while (rows.advance()) {
      Row row = rows.row();
      if (rows.fault() == RowFault.BLANK) {
        continue;
      }
      if (rows.fault() != RowFault.NONE || row.size() != width) {
        count(Fault.ROW);
        continue;
      }
      Sighting read = read(row);
      if (read != null) {
        return read;
      }
    }
    return null;
  }

  private @Nullable Sighting read(Row row) {
    String member = row.text(places[0]).strip();
    IdentifierKind kind = kind(row.text(places[1]).strip());
    if (member.isEmpty() || kind == null) {
      return count(member.isEmpty() ? Fault.MEMBER : Fault.KIND);
    }
    String value = value(kind, row.text(places[2]).strip());
    Instant seen = moment(row.text(places[3]).strip());
    if (value.isEmpty() || seen == null) {
      return count(value.isEmpty() ? Fault.VALUE : Fault.TIME);
    }
    return Sighting.newBuilder()
        .setMember(member)
        .setKind(kind)
        .setValue(OF_PEOPLE.contains(kind) ? tokens.ofIdentifier(kind.name(), value) : value)
        .setSeenAtMs(seen.toEpochMilli())
        .setSource(source)
        .build();
  }

  private static @Nullable IdentifierKind kind(String text) {
    try {
      IdentifierKind kind = IdentifierKind.valueOf(text.toUpperCase(Locale.ROOT));
      return kind == IdentifierKind.OTHER ? null : kind;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String value(IdentifierKind kind, String text) {
    if (!OF_PEOPLE.contains(kind)) {
      return text;
    }
    return kind == IdentifierKind.PHONE
        ? text.replaceAll("[^0-9]", "")
        : text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }

  private static @Nullable Instant moment(String text) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable Sighting count(Fault fault) {
    long line = rows.row().line();
    faults.merge(
        fault, new Faults(1, line), (known, one) -> new Faults(known.count + 1, known.firstLine));
    return null;
  }

  /** Lines that are no sighting, so far. */
  public Map<Fault, Faults> faults() {
    return Map.copyOf(faults);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
