package dev.tidegate.console.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SampleControl;
import dev.tidegate.console.control.ControlLog;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseBookTest {
  private static final long NOW = 1_772_366_400_000L;

  private final SampleControl samples = new SampleControl(NOW);
  private final ReleaseBook book = new ReleaseBook();

  @Test
  void shouldKeepTheNewestStateOfEachRunAndNoMoreThanItSays() {
    ControlLog<RetrainRun> runs = book.runs();
    for (int i = 0; i < ReleaseBook.MOST_RUNS + 5; i++) {
      runs.accept(
          LogBatch.of(List.of(samples.run("r" + i, RunState.CREATED, 1000 - i, "made", null))));
    }
    runs.accept(LogBatch.of(List.of(samples.run("r9", RunState.FAILED, 0, "out of time", null))));

    List<RetrainRun> kept = book.page().runs();
    assertThat(kept).hasSize(ReleaseBook.MOST_RUNS);
    assertThat(kept.get(0).getRunId()).isEqualTo("r9");
    assertThat(kept.get(0).getState()).isEqualTo(RunState.FAILED);
    assertThat(kept).filteredOn(run -> run.getRunId().equals("r9")).hasSize(1);
    assertThat(kept).noneMatch(run -> run.getRunId().equals("r0"));
  }

  @Test
  void shouldKeepOfTheAuditWhatIsAboutReleases() throws InterruptedException {
    long before = book.version();
    book.audit()
        .accept(
            LogBatch.of(
                List.of(
                    samples.action("ann", "model.approve", "m-1", "sum"),
                    samples.action("ann", "rule.save", "r-1", "text"))));

    assertThat(book.page().audit()).hasSize(1);
    assertThat(book.version()).isGreaterThan(before);
    book.awaitChange(before, 60_000);
  }
}
