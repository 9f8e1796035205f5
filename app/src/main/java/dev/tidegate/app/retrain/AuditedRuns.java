package dev.tidegate.app.retrain;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.retrain.launch.JobsUnavailable;
import dev.tidegate.retrain.launch.Launcher;
import dev.tidegate.retrain.launch.RunLedger;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger whose runs also stand on the audit: that a job was created, and how it ended. The audit
 * is written first, and once: a state that is in the ledger is on the audit, and one that is on the
 * audit already, because what wrote it died before the ledger, is not noted again. Runs that never
 * had a job are not actions and stand in the ledger alone.
 */
final class AuditedRuns implements RunLedger {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedRuns.class);
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
              audit -> {
                if (stands(audit, action, run.getRunId())) {
                  throw new StandsAlready();
                }
                return new AuditedActions.Planned<ModelRelease>(
                    List.of(),
                    new AuditChain.Action(BY, action, run.getRunId(), null, run.getDetail()));
              });
    } catch (StandsAlready e) {
      LOG.info("{} of {} stands on the audit already", action, run.getRunId());
    } catch (Refused | OutcomeUnknown e) {
      throw new JobsUnavailable("the audit takes nothing: " + e.getMessage(), e);
    }
  }

  private static boolean stands(List<AuditEvent> audit, String action, String runId) {
    return audit.stream()
        .anyMatch(event -> event.getAction().equals(action) && event.getSubject().equals(runId));
  }

  /** Ends a plan that would note again what stands. */
  private static final class StandsAlready extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
