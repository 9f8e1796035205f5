package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.config.ScorerSettings.Restart;
import dev.tidegate.app.release.Releases;
import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.scoring.loop.ScoringSettings;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.release.LoadedRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** A scorer whose model cannot be opened fails at once, each time. */
final class ScorerTest {
  private static final Restart RESTART =
      new Restart(Duration.ofMillis(500), Duration.ofMillis(1_500));

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final AtomicInteger opened = new AtomicInteger();
  private final HeardNews heard = new HeardNews();

  @Test
  void shouldPauseLongerAfterEachFailureUpToTheLongest() {
    try (Scorer scorer = new Scorer(settings(), RESTART, broken(), clock)) {
      List<String> told = new ArrayList<>();
      for (long pauseMs : List.of(500L, 1_000L, 1_500L, 1_500L)) {
        awaitFailure(scorer);
        int before = opened.get();
        clock.advance(Duration.ofMillis(pauseMs - 1));
        scorer.keepRunning(heard);
        assertThat(opened).as("the pause is not over").hasValue(before);
        clock.advance(Duration.ofMillis(1));
        scorer.keepRunning(heard);
        await().untilAtomic(opened, Matchers.equalTo(before + 1));
        told.add("scoring restarting after " + pauseMs + " ms: ModelException: no memory");
        told.add("scoring running");
      }
      assertThat(heard.lines).isEqualTo(told);
    }
  }

  @Test
  void shouldStayClosed() {
    Scorer scorer = new Scorer(settings(), RESTART, broken(), clock);
    awaitFailure(scorer);
    scorer.close();
    clock.advance(Duration.ofHours(1));

    scorer.keepRunning(heard);

    assertThat(opened).hasValue(1);
  }

  /** The loop ends in a thread of its own; the failure is told once it has. */
  private void awaitFailure(Scorer scorer) {
    int before = heard.lines.size();
    await()
        .until(
            () -> {
              scorer.keepRunning(heard);
              return heard.lines.size() > before;
            });
  }

  private LoadedRelease broken() {
    LoadedRelease real = Releases.load(null).release();
    return new LoadedRelease(
        real.manifest(),
        real.manifestSha256(),
        null,
        () -> {
          opened.incrementAndGet();
          throw new ModelException("no memory", null);
        });
  }

  /** Nobody listens there; the loop fails before it would connect. */
  private static ScoringSettings settings() {
    return ScoringSettings.at("127.0.0.1:1", new InMemoryRegistry());
  }
}
