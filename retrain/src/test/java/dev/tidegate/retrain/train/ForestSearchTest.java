package dev.tidegate.retrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The search's promise: time decides how many candidates are tried and nothing else. */
final class ForestSearchTest {
  private static final TrainingSet SET = SampleRows.set(3_000, 5);

  @Test
  void shouldGiveTheSameBytesForTheSameNumberOfCandidatesHoweverItWasReached() {
    AtomicInteger asked = new AtomicInteger();
    ForestSearch.Found cut =
        ForestSearch.run(SET, 11, 50, () -> asked.incrementAndGet() < 3, TrainingProgress.SILENT);
    ForestSearch.Found counted =
        ForestSearch.run(SET, 11, cut.tried(), () -> true, TrainingProgress.SILENT);

    assertThat(cut.tried()).isEqualTo(3);
    assertThat(counted.losses()).isEqualTo(cut.losses());
    assertThat(counted.parameters()).isEqualTo(cut.parameters());
    assertThat(counted.forest().modelBytes()).isEqualTo(cut.forest().modelBytes());
  }

  @Test
  void shouldServeTheCandidateWithTheLeastLossOnTheValidationTail() {
    ForestSearch.Found found = ForestSearch.run(SET, 3, 4, () -> true, TrainingProgress.SILENT);
    int leader = found.losses().indexOf(Collections.min(found.losses()));

    assertThat(found.parameters()).isEqualTo(ForestSearch.candidates(3, 4).get(leader));
    assertThat(
            new ForestTrainer(found.parameters(), 3)
                .train(SET, TrainingProgress.SILENT)
                .modelBytes())
        .isEqualTo(found.forest().modelBytes());
  }

  @Test
  void shouldBeginALongerListOfCandidatesWithTheShorterOne() {
    assertThat(ForestSearch.candidates(9, 20).subList(0, 5))
        .isEqualTo(ForestSearch.candidates(9, 5));
    assertThat(ForestSearch.candidates(9, 20)).isNotEqualTo(ForestSearch.candidates(10, 20));
    assertThat(ForestSearch.candidates(9, 1)).containsExactly(ForestParameters.defaults());
  }
}
