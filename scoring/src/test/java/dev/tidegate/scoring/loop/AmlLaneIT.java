package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ScoringLane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both lanes at one broker, about the same payments: neither sees what the other says. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class AmlLaneIT {
  private static final int PAYMENTS = 2_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final LoadedRelease FRAUD = ReleaseFixtures.echo(0.9);
  private static final LoadedRelease AML =
      new LoadedRelease(
          FRAUD.manifest().of(ScoringLane.AML), FRAUD.manifestSha256(), null, FRAUD.models());

  @TempDir private static Path directory;

  private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();
  private static EmbeddedKafka kafka;
  private static FeatureTopics topics;
  private static ScoringSettings payments;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    topics = new FeatureTopics(kafka.bootstrapServers(), REGISTRY);
    payments = ScoringSettings.at(kafka.bootstrapServers(), REGISTRY).withMaxBatch(256);
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    kafka.close();
  }

  /** The AML scores are others, so that one lane's answer in the other's place would show. */
  private static Stream<FeatureVector> vectors(boolean aml) {
    return IntStream.range(0, PAYMENTS).mapToObj(i -> Vectors.of("tx-" + i, score(i, aml)));
  }

  private static float score(int payment, boolean aml) {
    return (aml ? (payment + 500) % 1_000 : payment % 1_000) / 1_000f;
  }

  @Test
  void shouldDecideInEachLaneAsIfTheOtherWereNotThere() {
    topics.feed(ScoringLane.AML, vectors(true));
    ScoringLoop killed = ScoringLoop.start(payments.ofAml(), AML, WallClock.INSTANCE);
    await().atMost(LIMIT).until(() -> killed.decided() > PAYMENTS / 4 || !killed.running());
    killed.kill();
    topics.feed(vectors(false));
    try (ScoringLoop aml = ScoringLoop.start(payments.ofAml(), AML, WallClock.INSTANCE);
        ScoringLoop fraud = ScoringLoop.start(payments, FRAUD, WallClock.INSTANCE)) {
      await().atMost(LIMIT).until(() -> count(Topics.DECISIONS) >= PAYMENTS);
      await().atMost(LIMIT).until(() -> count(Topics.AML_DECISIONS) >= PAYMENTS);
      assertThat(aml.failure()).isNull();
      assertThat(fraud.failure()).isNull();
    }

    assertDecided(ScoringLane.PAYMENTS, Topics.DECISIONS, Topics.ALERTS, Lane.FRAUD);
    assertDecided(ScoringLane.AML, Topics.AML_DECISIONS, Topics.AML_ALERTS, Lane.AML);
    assertThat(topics.all(Topics.AML_DECISIONS, Decision.class))
        .allMatch(decision -> decision.getOutcome() == Outcome.APPROVE);
    assertThat(topics.all(Topics.DECISIONS, Decision.class))
        .anyMatch(decision -> decision.getOutcome() == Outcome.HOLD);
  }

  private static int count(Topics topic) {
    return topics.all(topic, Decision.class).size();
  }

  private static void assertDecided(
      ScoringLane by, Topics decisions, Topics alerts, Lane alertLane) {
    boolean aml = by == ScoringLane.AML;
    List<Decision> all = topics.all(decisions, Decision.class);
    assertThat(all).hasSize(PAYMENTS);
    for (Decision decision : all) {
      String id = decision.getTransactionId();
      int payment = Integer.parseInt(id.substring("tx-".length()));
      assertThat(decision.getDecisionId()).isEqualTo(EventId.decision(by, id).hex());
      assertThat((float) decision.getScore()).isEqualTo(score(payment, aml));
    }
    List<Alert> raised = topics.all(alerts, Alert.class);
    assertThat(raised)
        .allMatch(alert -> alert.getLane() == alertLane)
        .allMatch(
            alert ->
                alert
                    .getAlertId()
                    .equals(
                        EventId.alert(by, alertLane, alert.getTransaction().getTransactionId())
                            .hex()));
    assertThat(raised.stream().map(Alert::getAlertId).collect(Collectors.toSet()))
        .hasSize(raised.size())
        .hasSize((int) IntStream.range(0, PAYMENTS).filter(i -> score(i, aml) >= 0.9).count());
  }

  @Test
  void shouldRefuseAReleaseOfTheOtherLane() {
    assertThatThrownBy(() -> ScoringLoop.start(payments.ofAml(), FRAUD, WallClock.INSTANCE))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageContaining("is of lane payments, not of aml");
    assertThatThrownBy(() -> ScoringLoop.start(payments, AML, WallClock.INSTANCE))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageContaining("is of lane aml, not of payments");
  }
}
