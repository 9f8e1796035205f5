package dev.tidegate.ingest.door;

import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Doors over texts, with a fixed clock and key. */
public final class Doors {
  /** The clock's time. */
  public static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  /** A key of tests. */
  public static final TokenKey KEY =
      TokenKey.of("a key of the tests".getBytes(StandardCharsets.UTF_8));

  private static final Path HOME = Path.of(System.getProperty("tidegate.home", ".."));

  private Doors() {}

  /** Settings with the fixed clock and key. */
  public static DoorSettings settings() {
    return DoorSettings.of(KEY, InstantSource.fixed(NOW));
  }

  /** A shipped profile. */
  public static Profile shipped(String name) {
    return Profiles.under(HOME).find(name);
  }

  /** A door over a text. */
  public static CsvDoor over(String csv, Profile profile) {
    return over(csv.getBytes(StandardCharsets.UTF_8), profile);
  }

  /** A door over bytes. */
  public static CsvDoor over(byte[] csv, Profile profile) {
    try {
      return CsvDoor.open(new ByteArrayInputStream(csv), "the test's file", profile, settings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything a door gives. */
  public static List<DoorResult> all(CsvDoor door) {
    List<DoorResult> results = new ArrayList<>();
    for (DoorResult result = door.next(); result != null; result = door.next()) {
      results.add(result);
    }
    return results;
  }
}
