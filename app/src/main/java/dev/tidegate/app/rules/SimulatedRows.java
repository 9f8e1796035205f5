package dev.tidegate.app.rules;

import dev.tidegate.app.Home;
import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.offline.WorkFolder;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.lab.bank.SimulationFiles;
import dev.tidegate.lab.bank.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulated bank's payments with their features, kinds and cases. Its files are in a work folder
 * that {@link #close} removes.
 */
public final class SimulatedRows implements AutoCloseable {
  private static final int CASE = 2;

  private final FeatureRows rows;
  private final Map<String, String> cases;

  private SimulatedRows(FeatureRows rows, Map<String, String> cases) {
    this.rows = rows;
    this.cases = cases;
  }

  /** Simulates a bank and computes the features of its payments. */
  public static SimulatedRows of(
      SimulatorSettings bank, int days, Catalogue catalogue, Terminal terminal) throws Exception {
    try (WorkFolder work = WorkFolder.temporary()) {
      terminal.begin("simulating " + days + " days", 0);
      SimulationFiles.write(bank, days, work.path(), (done, of, made) -> terminal.at(made));
      terminal.end();
      Map<String, String> cases = cases(work.path("labels.csv"));
      LabelledFile file =
          new LabelledFile(
              work.path("transactions.csv.zst"),
              Profiles.under(Home.path("")).find("simulator"),
              null,
              null);
      return new SimulatedRows(FeatureRows.of(file, catalogue, null, terminal), cases);
    }
  }

  private static Map<String, String> cases(Path labels) throws IOException {
    List<String> lines = Files.readAllLines(labels);
    Map<String, String> cases = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      cases.put(cells[0], cells[CASE]);
    }
    return cases;
  }

  /** Tells each payment, in no particular order; may be called again. */
  public void each(FeatureRows.Receiver receiver) throws IOException {
    rows.each(receiver);
  }

  /** The case of a planted payment; empty for an honest one. */
  public String caseOf(String transactionId) {
    return cases.getOrDefault(transactionId, "");
  }

  /** Event time of the first payment, UTC milliseconds. */
  public long firstMs() {
    return rows.firstMs();
  }

  @Override
  public void close() {
    rows.close();
  }
}
