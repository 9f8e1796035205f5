package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RetrainRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ledger that outlives launchers of one test; remembers all that was written. */
final class MemoryLedger implements RunLedger {
  private final Map<String, RetrainRun> runs = new HashMap<>();
  private final List<RetrainRun> written = new ArrayList<>();

  List<RetrainRun> written() {
    return written;
  }

  @Override
  public void refresh() {}

  @Override
  public RetrainRun of(String runId) {
    return runs.get(runId);
  }

  @Override
  public List<RetrainRun> all() {
    return runs.values().stream()
        .sorted(Comparator.comparingLong(RetrainRun::getRequestedAtMs))
        .toList();
  }

  @Override
  public void write(RetrainRun run) {
    runs.put(run.getRunId(), run);
    written.add(run);
  }

  @Override
  public void close() {}
}
