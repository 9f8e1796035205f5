package dev.tidegate.lab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.lab.guarantee.EveryPaymentHasItsVector;
import dev.tidegate.lab.guarantee.VectorsNeverChange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VectorAuditorTest {
  private final PlantedLog log =
      new PlantedLog().transaction("t1").transaction("t2").vector("t1", 1).vector("t2", Float.NaN);

  private VectorReport audit(String... sent) {
    return new VectorAuditor(log).audit(List.of(sent));
  }

  @Test
  void shouldFindNothingWrongWhereVectorsAreRepeatedBitForBit() {
    log.vector("t2", Float.NaN).transaction("t1").vector("t1", 1);

    VectorReport report = audit("t1");
    new EveryPaymentHasItsVector().verify(report);
    new VectorsNeverChange().verify(report);
    assertThat(report.raw()).isEqualTo(4);
    assertThat(report.vectors()).containsOnlyKeys("t1", "t2");
  }

  @Test
  void shouldFindALostVectorAndOneOfNobody() {
    log.transaction("t3").vector("t9", 1);

    assertThatThrownBy(() -> new EveryPaymentHasItsVector().verify(audit("t4")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no vector of t3, no vector of t4, vector of unknown t9");
  }

  @Test
  void shouldFindAVectorOfWhichOneBitChanged() {
    log.vector("t1", Math.nextUp(1f)).vector("t2", 0);

    assertThat(new VectorsNeverChange().violations(audit()))
        .containsExactly("vector changed of t1", "vector changed of t2");
  }
}
