package dev.tidegate.schemas.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.metric.Metric.Declaration;
import dev.tidegate.schemas.metric.Metric.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StageMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StageMeters<List<String>> meters = new StageMeters<>(registry, List.of("a", "b"));

  private static Metric metric(Declaration declared) {
    return () -> declared;
  }

  @Test
  void shouldShowWhatTheOwnerCounts() {
    Metric counter =
        metric(
            Declaration.counter(
                "stage.things", "things", "Things.", Tag.of("outcome", Outcome.class)));

    meters.counter(counter, List::size, "hold");

    assertThat(registry.get("stage.things").tag("outcome", "hold").functionCounter().count())
        .isEqualTo(2);
  }

  @Test
  void shouldRefuseATagValueOutsideTheClosedSet() {
    Metric counter =
        metric(
            Declaration.counter(
                "stage.things", "things", "Things.", new Tag("kind", List.of("a"))));

    assertThatThrownBy(() -> meters.counter(counter, List::size, "account-7"))
        .hasMessage("stage.things has no value account-7 of its tag kind");
    assertThatThrownBy(() -> meters.counter(counter, List::size))
        .hasMessage("stage.things has 1 tags, not 0");
  }

  @Test
  void shouldRefuseAnotherKindThanDeclared() {
    Metric gauge = metric(Declaration.gauge("stage.things", "things", "Things."));

    assertThatThrownBy(() -> meters.counter(gauge, List::size))
        .hasMessage("stage.things is declared as GAUGE, not as COUNTER");
  }

  @Test
  void shouldRefuseANameThatIsNotDotted() {
    assertThatThrownBy(() -> Declaration.gauge("Things", "things", "Things."))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
