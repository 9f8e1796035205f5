package dev.tidegate.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;

  @Test
  void shouldReadAFolderFileByFileInTheOrderOfNames() throws IOException {
    write("part-00001.avro", 3, 4);
    write("part-00000.avro", 1, 2);
    write("part-00002.avro");
    Files.writeString(folder.resolve("part-00003.partial"), "unfinished");
    assertThat(times(folder)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(times(folder.resolve("part-00001.avro"))).containsExactly(3L, 4L);
  }

  private void write(String name, long... times) throws IOException {
    try (DataFileWriter<Transaction> writer =
        EventFile.writer(folder.resolve(name), Transaction.class)) {
      for (long time : times) {
        writer.append(payment(time));
      }
    }
  }

  private static List<Long> times(Path path) throws IOException {
    List<Long> times = new ArrayList<>();
    try (EventFile.Reader<Transaction> reader = EventFile.read(path, Transaction.class)) {
      for (Transaction next = reader.next(); next != null; next = reader.next()) {
        times.add(next.getEventTimeMs());
      }
    }
    return times;
  }

  private static Transaction payment(long timeMs) {
    return Transaction.newBuilder()
        .setTransactionId("id")
        .setEventTimeMs(timeMs)
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(1)
        .setPayerAccount("payer")
        .setAmountMinor(1)
        .setCurrency("EUR")
        .build();
  }
}
