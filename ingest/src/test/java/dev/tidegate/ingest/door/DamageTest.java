package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.door.DoorResult.Accepted;
import dev.tidegate.ingest.door.DoorResult.Refused;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Of a file with damaged lines exactly those are rejected, and the others are read bit-equal. */
class DamageTest {
  private static final int ROWS = 300;

  /** One way to damage a line so that anybody can see it. */
  private interface Damage {
    byte[] of(String line, Random random);
  }

  private static byte[] text(String line) {
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static String withValue(String line, int column, String value) {
    String[] values = line.split(",", -1);
    values[column] = value;
    return String.join(",", values);
  }

  private static byte[] spliced(String line, int at, int... bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text(line.substring(0, at)));
    for (int b : bytes) {
      out.write(b);
    }
    out.writeBytes(text(line.substring(at)));
    return out.toByteArray();
  }

  private static final List<Damage> DAMAGES =
      List.of(
          (line, random) -> text(""),
          (line, random) -> text(line.substring(0, random.nextInt(line.lastIndexOf(',') + 2))),
          (line, random) -> text(line + ","),
          (line, random) -> text("," + line),
          (line, random) -> text(line.replaceFirst(",", ";")),
          (line, random) -> text(line.replaceFirst(",", ",\"")),
          (line, random) -> text("\"" + line),
          (line, random) -> text(line + "\""),
          (line, random) -> spliced(line, random.nextInt(line.length() + 1), 0),
          (line, random) -> spliced(line, random.nextInt(line.length() + 1), 0xff, 0xfe),
          (line, random) -> spliced(line, random.nextInt(line.length() + 1), 0xc3, 0x28),
          (line, random) -> spliced(line, random.nextInt(line.length()), '\r', 'x'),
          (line, random) -> text(withValue(line, random.nextInt(9), "###")),
          (line, random) -> text(withValue(line, 1, "2018-13-45 99:99:99")),
          (line, random) -> text(withValue(line, 4, "12.3.4")),
          (line, random) -> text(withValue(line, 4, "-5.00")),
          (line, random) -> text(withValue(line, 4, "NaN")),
          (line, random) -> text(withValue(line, 0, "")),
          (line, random) -> text(line.toUpperCase(java.util.Locale.ROOT).replace('0', 'O') + "O"),
          (line, random) -> text("�" + line),
          (line, random) -> text("garbage"));

  private static List<String> rows(Random random) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int fraud = random.nextInt(50) == 0 ? 1 : 0;
      rows.add(
          String.format(
              java.util.Locale.ROOT,
              "%d,2018-04-%02d %02d:%02d:%02d,%d,%d,%s,%d,%d,%d,%d",
              i,
              1 + i / 20,
              i % 24,
              random.nextInt(60),
              random.nextInt(60),
              random.nextInt(5000),
              random.nextInt(10_000),
              random.nextInt(40_000) / 100.0,
              i * 100,
              i / 20,
              fraud,
              fraud * (1 + random.nextInt(3))));
    }
    return rows;
  }

  private static byte[] file(List<String> rows, Map<Integer, byte[]> damaged) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        text(
            "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,"
                + "TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO\n"));
    for (int i = 0; i < rows.size(); i++) {
      out.writeBytes(damaged.getOrDefault(i, text(rows.get(i))));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static Map<Long, Accepted> accepted(List<DoorResult> results) {
    Map<Long, Accepted> accepted = new HashMap<>();
    for (DoorResult result : results) {
      if (result instanceof Accepted payment) {
        accepted.put(result.line(), payment);
      }
    }
    return accepted;
  }

  @Property(tries = 100)
  void shouldRejectExactlyTheDamagedLines(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> rows = rows(random);
    Map<Integer, byte[]> damaged = new HashMap<>();
    for (int i = 0; i < ROWS; i++) {
      if (random.nextInt(10) == 0) {
        damaged.put(i, DAMAGES.get(random.nextInt(DAMAGES.size())).of(rows.get(i), random));
      }
    }
    Map<Long, Accepted> good =
        accepted(Doors.all(Doors.over(file(rows, Map.of()), Doors.shipped("card_handbook"))));
    assertThat(good).hasSize(ROWS);

    CsvDoor door = Doors.over(file(rows, damaged), Doors.shipped("card_handbook"));
    List<DoorResult> results = Doors.all(door);

    TreeSet<Long> expected = new TreeSet<>();
    damaged.keySet().forEach(i -> expected.add(i + 2L));
    TreeSet<Long> refused = new TreeSet<>();
    results.stream().filter(Refused.class::isInstance).forEach(r -> refused.add(r.line()));
    assertThat(refused).isEqualTo(expected);
    accepted(results).forEach((line, payment) -> sameAs(good.get(line), payment));
    assertThat(door.counts().accepted()).isEqualTo(ROWS - expected.size());
  }

  private static void sameAs(Accepted expected, Accepted actual) {
    Transaction transaction = expected.transaction();
    Label label = expected.label();
    assertThat(actual.transaction()).isEqualTo(transaction);
    assertThat(actual.label()).isEqualTo(label);
  }
}
