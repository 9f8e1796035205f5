package dev.tidegate.app.retrain;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.retrain.launch.JobsUnavailable;
import dev.tidegate.retrain.launch.Launcher;
import dev.tidegate.retrain.launch.RunLedger;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A ledger whose runs also stand on the audit: that a job was created, and how it ended. The audit
 * is written first, and once: a state that is in the ledger is on the audit, whatever dies between.
 * Runs that never had a job are not actions and stand in the ledger alone.
 */
final class AuditedRuns implements RunLedger {
  private static final String BY = "retrain-launcher";

  private final RunLedger ledger;
  private final AuditedActions actions;

  AuditedRuns(RunLedger ledger, AuditedActions actions) {
    this.ledger = ledger;
    this.actions = actions;
  }

  @Override
  public void refresh() {
    ledger.refresh();
  }

  @Override
  public @Nullable RetrainRun of(String runId) {
    return ledger.of(runId);
  }

  @Override
  public List<RetrainRun> all() {
    return ledger.all();
  }

  /**
   * Writes both.
   *
   * @throws JobsUnavailable if the audit cannot be written now; the state is then to be taken again
   */
  @Override
  public void write(RetrainRun run) {
    boolean acted = run.getState() == RunState.CREATED || Launcher.over(run.getState());
    if (acted && !run.getJobName().isEmpty() && isNews(run)) {
      note(run);
    }
    ledger.write(run);
  }

  /** False where the ledger holds the same state already, with other words. */
  private boolean isNews(RetrainRun run) {
    RetrainRun known = ledger.of(run.getRunId());
    return known == null || known.getState() != run.getState();
  }

  private void note(RetrainRun run) {
    String action = "retrain." + run.getState().toString().toLowerCase(Locale.ROOT);
    try {
      var unused =
          actions.take(
              Topics.MODELS,
              ModelRelease.class,
              audit ->
                  new AuditedActions.Planned<ModelRelease>(
                      List.of(),
                      new AuditChain.Action(BY, action, run.getRunId(), null, run.getDetail())));
    } catch (Refused | OutcomeUnknown e) {
      throw new JobsUnavailable("the audit takes nothing: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}
