package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model that hangs does not hold the loop. */
final class ModelLimitTest {
  /** In real time: longer than an answer takes on a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final OutcomePolicy POLICY = new OutcomePolicy(1.0, Outcome.HOLD, Outcome.STEP_UP);

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(1_800_000_000));
  private final HangingModel.Switch model = new HangingModel.Switch();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final ReleaseScorer scorer =
      ReleaseScorer.beside(
          ReleaseFixtures.echo(0.5).manifest(), model::model, LIMIT, clock, failures::add);
  private final DecisionMaker maker = new DecisionMaker(Lineup.of(scorer), POLICY);

  @AfterEach
  void releaseAll() {
    model.release();
  }

  @Test
  void shouldAnswerAsADirectCallDoes() {
    assertThat(decide(0.125f, -7f, 0.625f))
        .extracting(Decision::getScore, Decision::getDegraded)
        .containsExactly(
            tuple(0.125, null), tuple(Double.NaN, "score-unusable"), tuple(0.625, null));
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldDegradeTheBatchAndLeaveTheModelAlone() {
    model.hang();

    assertDown(decide(0.125f, HangingModel.HANGS, 0.25f));
    assertThat(scorer.hung()).isEqualTo(1);
    assertThat(failures)
        .singleElement()
        .satisfies(thrown -> assertThat(thrown).hasMessage("no answer in time; 1 calls hang"));
    assertDown(decide(0.125f));
    assertThat(model.opened()).as("within the pause no other is opened").isEqualTo(1);
  }

  @Test
  void shouldGoOnWithAnotherInstanceWhileTheFirstHangs() {
    model.hang();
    assertDown(decide(HangingModel.HANGS));
    clock.advance(PAUSE);
    assertDown(decide(0.125f));
    await().until(() -> model.opened() == 2);

    awaitAnswer();

    assertThat(scorer.hung()).isEqualTo(1);
    model.release();
    await().until(() -> scorer.hung() == 0);
  }

  @Test
  void shouldServeAgainOnceTheCallComesBack() {
    model.hang();
    assertDown(decide(HangingModel.HANGS));
    model.release();
    await().until(() -> scorer.hung() == 0);

    assertDown(decide(0.125f));
    clock.advance(PAUSE);

    assertThat(decide(0.125f)).allMatch(one -> one.getScore() == 0.125);
    assertThat(model.opened()).as("the same instance").isEqualTo(1);
    assertThat(scorer.hung()).isZero();
  }

  @Test
  void shouldLeaveABoundedNumberOfThreadsBehindAndCloseAllInstances() {
    model.hang();
    for (int i = 0; i < 10; i++) {
      awaitReadyOrBound();
      assertDown(decide(HangingModel.HANGS));
      clock.advance(PAUSE);
    }
    assertThat(scorer.hung()).isEqualTo(WatchedCalls.MOST_AWAITED);
    assertThat(model.opened()).isEqualTo(WatchedCalls.MOST_AWAITED);

    model.release();
    awaitAnswer();
    scorer.close();

    await().until(() -> model.open() == 0);
  }

  /** A late answer must not be taken for the next batch's. */
  @Test
  void shouldNotMixALateAnswerIntoALaterBatch() {
    model.hang();
    decide(HangingModel.HANGS, 0.25f);
    clock.advance(PAUSE);
    decide(0.125f);
    awaitAnswer();

    maker.start(vectors(0.125f, 0.375f), clock.millis());
    model.release();
    await().until(() -> model.hanging() == 0 && scorer.hung() == 0);

    assertThat(maker.finish(clock.millis()).stream().map(Verdict::decision))
        .extracting(Decision::getScore)
        .containsExactly(0.125, 0.375);
  }

  private void awaitAnswer() {
    await()
        .until(
            () -> {
              clock.advance(PAUSE);
              return decide(0.125f).get(0).getDegraded() == null;
            });
  }

  /**
   * A try in a pause would not reach the model, one while another is opened neither. The bound is
   * reached once so many hang, not while one of them is being opened.
   */
  private void awaitReadyOrBound() {
    await()
        .until(
            () -> {
              clock.advance(PAUSE);
              return model.hanging() == WatchedCalls.MOST_AWAITED
                  || decide(0.125f).get(0).getDegraded() == null;
            });
  }

  private static void assertDown(List<Decision> decisions) {
    assertThat(decisions)
        .isNotEmpty()
        .allMatch(one -> "model-down".equals(one.getDegraded()))
        .allMatch(one -> one.getOutcome() == Outcome.STEP_UP)
        .allMatch(one -> Double.isNaN(one.getScore()));
  }

  private List<Decision> decide(float... features) {
    return maker.decide(vectors(features), clock.millis()).stream().map(Verdict::decision).toList();
  }

  private static List<FeatureVector> vectors(float... features) {
    List<FeatureVector> vectors = new ArrayList<>();
    for (float feature : features) {
      vectors.add(Vectors.of("t-" + vectors.size(), feature));
    }
    return vectors;
  }
}
