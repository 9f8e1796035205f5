package dev.tidegate.app.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.OfflineFeaturesJob;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A history's payments and labels through the features again: for a catalogue that is new, and for
 * the proof that what was served is what training sees.
 */
public final class Backfill {
  private static final int PARALLELISM = 2;

  private Backfill() {}

  /**
   * A backfill that was done.
   *
   * @param payments payments of the history, each counted once
   * @param labels their labels
   * @param compared vectors of the same features in the history, not late
   * @param different those that came out otherwise
   * @param seconds how long the features took
   */
  public record Outcome(long payments, long labels, long compared, long different, double seconds) {
    /** One JSON object. */
    public String json() throws JsonProcessingException {
      JsonMapper mapper = new JsonMapper();
      ObjectNode node = mapper.valueToTree(this);
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
  }

  /**
   * Computes the vectors of a history.
   *
   * @param out folder for {@code vectors/day=...}
   * @throws dev.tidegate.app.Refused if there is no history
   */
  public static Outcome run(Path history, Catalogue catalogue, Path out, Terminal terminal)
      throws Exception {
    try (WorkFolder work = WorkFolder.inside(out);
        HistoryFolder folder = new HistoryFolder(history, work.path("sorting"))) {
      Path payments = work.path("transactions.avro");
      Path labels = work.path("labels.avro");
      terminal.begin("reading the history", 0);
      long read =
          folder.copy(
              HistoryTable.TRANSACTIONS, Transaction.class, "eventTimeMs", payments, terminal::at);
      long known = folder.copy(HistoryTable.LABELS, Label.class, "knownAtMs", labels, count -> {});
      terminal.end();
      double seconds = compute(catalogue, work, out, read, terminal);
      HistoryFolder.Comparison comparison = folder.compare(out, catalogue.digest());
      tell(comparison, terminal);
      return new Outcome(read, known, comparison.vectors(), comparison.different(), seconds);
    }
  }

  private static double compute(
      Catalogue catalogue, WorkFolder work, Path out, long payments, Terminal terminal)
      throws Exception {
    terminal.begin("computing features", 0);
    long begunNanos = WallClock.nanos();
    OfflineFeaturesJob.backfill(
        catalogue,
        new OfflineFeaturesJob.Files(
            work.path("transactions.avro"), work.path("labels.avro"), out, 0),
        work.path("checkpoints"),
        PARALLELISM);
    terminal.at(payments);
    terminal.end();
    return Duration.ofNanos(WallClock.nanos() - begunNanos).toMillis() / 1000.0;
  }

  private static void tell(HistoryFolder.Comparison comparison, Terminal terminal) {
    terminal.say(
        comparison.vectors() == 0
            ? "  the history holds no vectors of these features to compare with"
            : "  of "
                + Figures.count(comparison.vectors())
                + " vectors in the history, "
                + Figures.count(comparison.different())
                + " came out otherwise");
  }
}
