package dev.tidegate.app.offline;

import dev.tidegate.app.Refused;
import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.file.DataFileWriter;

/** Where payments that are mined come from. */
public sealed interface MiningSource {
  /** Reads them into a work folder. */
  Payments read(WorkFolder work, Terminal terminal) throws Exception;

  /**
   * Payments that were read.
   *
   * @param file all of them, each once
   * @param count how many
   * @param laundering ids of those whose newest label says fraud or laundering; empty where there
   *     are no labels
   */
  record Payments(Path file, long count, Set<String> laundering) {}

  /**
   * An archive.
   *
   * @param folder what {@code up} keeps in DATA/history
   */
  record History(Path folder) implements MiningSource {
    @Override
    public Payments read(WorkFolder work, Terminal terminal) throws Exception {
      Path payments = work.path("transactions.avro");
      Set<String> laundering = new HashSet<>();
      try (HistoryFolder history = new HistoryFolder(folder, work.path("sorting"))) {
        terminal.begin("reading the history", 0);
        long count =
            history.copy(
                HistoryTable.TRANSACTIONS,
                Transaction.class,
                "eventTimeMs",
                payments,
                terminal::at);
        terminal.end();
        history.eachFraud(laundering::add);
        return new Payments(payments, count, laundering);
      }
    }
  }

  /**
   * A file of payments, with labels or without.
   *
   * @param source the file; its range of dates is not looked at
   */
  record File(LabelledFile source) implements MiningSource {
    @Override
    public Payments read(WorkFolder work, Terminal terminal) throws Exception {
      DoorSettings settings =
          DoorSettings.of(
              CardTokenKey.resolve(System.getenv(), work.path("token.key")), WallClock.INSTANCE);
      Path payments = work.path("transactions.avro");
      Set<String> laundering = new HashSet<>();
      long count = 0;
      terminal.begin("reading " + source.file().getFileName(), 0);
      try (CsvDoor door = CsvDoor.open(source.file(), source.profile(), settings);
          DataFileWriter<Transaction> file = EventFile.writer(payments, Transaction.class)) {
        for (DoorResult result = door.next(); result != null; result = door.next()) {
          if (result instanceof DoorResult.Accepted accepted) {
            file.append(accepted.transaction());
            terminal.at(++count);
            Label label = accepted.label();
            if (label != null && label.getFraud()) {
              laundering.add(label.getTransactionId());
            }
          }
        }
      }
      terminal.end();
      if (count == 0) {
        throw new Refused(
            "no row of " + source.file() + " could be read; see tidegate profile check");
      }
      return new Payments(payments, count, laundering);
    }
  }
}
