package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.retrain.launch.JobsUnavailable;
import dev.tidegate.retrain.launch.RunLedger;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A launcher that dies between the audit of a run and its ledger. */
@Timeout(240)
final class AuditedRunsIT {
  @TempDir private Path directory;

  /** Fails once, as if the process had died there. */
  private static final class DyingLedger implements RunLedger {
    private final Map<String, RetrainRun> runs = new HashMap<>();
    private boolean died;

    @Override
    public void refresh() {}

    @Override
    public @Nullable RetrainRun of(String runId) {
      return runs.get(runId);
    }

    @Override
    public List<RetrainRun> all() {
      return List.copyOf(runs.values());
    }

    @Override
    public void write(RetrainRun run) {
      if (!died) {
        died = true;
        throw new JobsUnavailable("died", new IOException());
      }
      runs.put(run.getRunId(), run);
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldNoteARunOnceThoughItDiedBeforeTheLedger() throws IOException {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(
                Files.createDirectories(directory.resolve("registry")),
                Files.createDirectories(directory.resolve("logs")),
                0,
                false)) {
      kafka.createTopics();
      AuditedActions actions =
          new AuditedActions(kafka.bootstrapServers(), registry.url(), WallClock.INSTANCE);
      DyingLedger ledger = new DyingLedger();
      AuditedRuns runs = new AuditedRuns(ledger, actions);

      assertThatThrownBy(() -> runs.write(created("run-1"))).isInstanceOf(JobsUnavailable.class);
      runs.write(created("run-1"));
      runs.write(created("run-2"));

      assertThat(ledger.all()).hasSize(2);
      assertThat(
              new ControlEvents(kafka.bootstrapServers(), registry.url())
                  .all(Topics.AUDIT, AuditEvent.class))
          .extracting(AuditEvent::getAction, AuditEvent::getSubject)
          .containsExactly(tuple("retrain.created", "run-1"), tuple("retrain.created", "run-2"));
    }
  }

  private static RetrainRun created(String runId) {
    return RetrainRun.newBuilder()
        .setRunId(runId)
        .setRequestId("request of " + runId)
        .setState(RunState.CREATED)
        .setAtMs(1)
        .setDetail("created")
        .setJobName("job-" + runId)
        .build();
  }
}
