package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RetrainRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest state of every run there ever was. It outlives everything else. */
public interface RunLedger extends AutoCloseable {
  /** Reads it anew: another launcher may have written since. */
  void refresh();

  /** The newest state of a run; null if there was never such a run. */
  @Nullable RetrainRun of(String runId);

  /** The newest states of all runs, the earliest request first. */
  List<RetrainRun> all();

  /** Writes a state; returns once it is durable. */
  void write(RetrainRun run);

  @Override
  void close();
}
