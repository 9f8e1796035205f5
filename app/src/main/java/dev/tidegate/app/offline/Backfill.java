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
   * @param explained those of them that look back on a late payment or on what the history lacks
   * @param byLabels those that differ only where labels count
   * @param unexplained those for which the history shows no reason: a fault
   * @param seconds how long the features took
   */
  public record Outcome(
      long payments,
      long labels,
      long compared,
      long different,
      long explained,
      long byLabels,
      long unexplained,
      double seconds) {
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
      VectorComparison found = folder.compare(out, catalogue);
      tell(found, out, terminal);
      return new Outcome(
          read,
          known,
          found.vectors(),
          found.different(),
          found.explained(),
          found.labels(),
          found.unexplained(),
          seconds);
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

  private static void tell(VectorComparison found, Path out, Terminal terminal) {
    if (found.vectors() == 0) {
      terminal.say("  the history holds no vectors of these features to compare with");
      return;
    }
    terminal.say(
        "  of "
            + Figures.count(found.vectors())
            + " vectors in the history, "
            + Figures.count(found.different())
            + " came out otherwise");
    if (found.explained() + found.labels() > 0) {
      terminal.say(
          "  "
              + Figures.count(found.explained())
              + " look back on late payments or on what the history lacks, "
              + Figures.count(found.labels())
              + " differ only where labels count");
    }
    if (found.unexplained() > 0) {
      terminal.say(
          "tidegate: "
              + Figures.count(found.unexplained())
              + " vectors came out otherwise and the history shows no reason: "
              + String.join(", ", found.firstUnexplained())
              + (found.unexplained() > found.firstUnexplained().size() ? ", ..." : "")
              + "; their features are in "
              + out.resolve(VectorComparison.REPORT));
    }
  }
}
