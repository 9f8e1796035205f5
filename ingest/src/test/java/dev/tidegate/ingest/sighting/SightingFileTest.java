package dev.tidegate.ingest.sighting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.sighting.SightingFile.Fault;
import dev.tidegate.ingest.sighting.SightingFile.Faults;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.Sighting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SightingFileTest {
  private static final TokenKey KEY = key("sixteen bytes at least");

  @TempDir private Path folder;

  private Map<Fault, Faults> faults = Map.of();

  private static TokenKey key(String secret) {
    return TokenKey.of(secret.getBytes(StandardCharsets.UTF_8));
  }

  private List<Sighting> read(TokenKey key, String... lines) throws IOException {
    Path file = Files.write(folder.resolve("sightings.csv"), List.of(lines));
    List<Sighting> all = new ArrayList<>();
    try (SightingFile reader = SightingFile.open(file, key)) {
      for (Sighting next = reader.next(); next != null; next = reader.next()) {
        all.add(next);
      }
      faults = reader.faults();
    }
    return all;
  }

  @Test
  void shouldReadColumnsInAnyOrderAndMomentsAndDays() throws IOException {
    List<Sighting> all =
        read(
            KEY,
            "kind,seen_at,member,value",
            "ip,2026-01-02T03:04:05Z,acc-1,10.0.0.7",
            "",
            "Device,2026-01-02,acc-2,device-9");

    assertThat(all)
        .containsExactly(
            new Sighting(
                "acc-1", IdentifierKind.IP, "10.0.0.7", 1_767_323_045_000L, "sightings.csv"),
            new Sighting(
                "acc-2", IdentifierKind.DEVICE, "device-9", 1_767_312_000_000L, "sightings.csv"));
    assertThat(faults).isEmpty();
  }

  @Test
  void shouldMakeOneTokenOfOneIdentifierHoweverItIsWrittenAndNoneOfTwo() throws IOException {
    String[] lines = {
      "member,kind,value,seen_at",
      "a,phone,+44 (0)20 7946-0001,2026-01-02",
      "b,PHONE,4402079460001,2026-01-02",
      "c,email, Ann@Example.org ,2026-01-02",
      "d,email,ann@example.org,2026-01-02",
      "e,document,ann@example.org,2026-01-02"
    };
    List<String> values = read(KEY, lines).stream().map(Sighting::getValue).toList();

    assertThat(values).allMatch(value -> value.matches("[0-9a-f]{32}"));
    assertThat(values.get(0)).isEqualTo(values.get(1)).isNotEqualTo(values.get(2));
    assertThat(values.get(2)).isEqualTo(values.get(3)).isNotEqualTo(values.get(4));
    assertThat(read(key("another key of 16 bytes"), lines))
        .extracting(Sighting::getValue)
        .doesNotContainAnyElementsOf(values);
  }

  @Test
  void shouldPassOverWhatItCannotReadAndSayWhere() throws IOException {
    List<Sighting> all =
        read(
            KEY,
            "member,kind,value,seen_at",
            ",phone,1,2026-01-02",
            "a,shoe,42,2026-01-02",
            "a,other,42,2026-01-02",
            "a,phone,none,2026-01-02",
            "a,phone,1,yesterday",
            "a,phone,1",
            "a,phone,1,2026-01-02");

    assertThat(all).hasSize(1);
    assertThat(faults)
        .isEqualTo(
            Map.of(
                Fault.MEMBER,
                new Faults(1, 2),
                Fault.KIND,
                new Faults(2, 3),
                Fault.VALUE,
                new Faults(1, 5),
                Fault.TIME,
                new Faults(1, 6),
                Fault.ROW,
                new Faults(1, 7)));
  }

  @Test
  void shouldRefuseAFileWithoutItsColumns() {
    assertThatThrownBy(() -> read(KEY, "member,kind,seen_at", "a,phone,2026-01-02"))
        .isInstanceOf(InputProblem.class)
        .hasMessage("sightings.csv has no column value; it needs member,kind,value,seen_at");
  }
}
