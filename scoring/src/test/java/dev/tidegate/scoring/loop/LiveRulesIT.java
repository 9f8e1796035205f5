package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules that change while a scorer runs at a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LiveRulesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final float SCORE = 0.25f;

  @TempDir private static Path directory;

  private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();
  private static EmbeddedKafka kafka;
  private static FeatureTopics topics;
  private static EventCodec<Rule> codec;

  private int fed;

  @BeforeAll
  static void startBroker() {
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    topics = new FeatureTopics(kafka.bootstrapServers(), REGISTRY);
    codec = EventCodec.of(Topics.RULES, Rule.class, REGISTRY);
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    kafka.close();
  }

  @Test
  void shouldDecideByRulesAsTheyComeAndGoWithoutARestart() {
    ScoringSettings settings = ScoringSettings.at(kafka.bootstrapServers(), REGISTRY);
    ScoringLoop loop = start(settings);
    awaitDecisions(Outcome.APPROVE);
    assertThat(newest().getRuleSet()).isEmpty();

    put(event(1).setExpression("feature_0 > 0.2").setOutcome(Outcome.STEP_UP).build());
    awaitDecisions(Outcome.STEP_UP);
    String first = newest().getRuleSet();
    assertThat(first).hasSize(16);
    assertThat(newest().getRules()).containsExactly("rule");
    assertThat(topics.all(Topics.ALERTS, Alert.class))
        .isNotEmpty()
        .allMatch(alert -> alert.getRules().equals(List.of("rule")));

    put(event(2).setExpression("feature_0 > oops").setOutcome(Outcome.DECLINE).build());
    topics.put(Topics.RULES, "broken", new byte[] {0, 0, 0, 0, 1, 9});
    topics.flush();
    await().atMost(LIMIT).until(() -> loop.metrics().rulesRefused() == 2);
    awaitDecisions(Outcome.STEP_UP);
    assertThat(newest().getRuleSet()).isEqualTo(first);

    put(event(3).setExpression("feature_0 > 0.2").setOutcome(Outcome.DECLINE).build());
    awaitDecisions(Outcome.DECLINE);
    loop.close();
    assertThat(loop.failure()).isNull();

    ScoringLoop next = start(settings);
    int before = fed;
    feed(20);
    await().atMost(LIMIT).until(() -> decisions().size() == fed);
    assertThat(decisions().stream().filter(one -> numberOf(one) >= before))
        .allMatch(one -> one.getOutcome() == Outcome.DECLINE);

    put(event(4).setExpression("true").setActive(false).build());
    awaitDecisions(Outcome.APPROVE);
    assertThat(newest().getRuleSet()).isEmpty();
    next.close();
    assertThat(next.failure()).isNull();
    assertThat(decisions()).extracting(Decision::getTransactionId).doesNotHaveDuplicates();
  }

  private static ScoringLoop start(ScoringSettings settings) {
    return ScoringLoop.start(settings, ReleaseFixtures.echo(0.9), WallClock.INSTANCE);
  }

  /** Feeds until the newest decision has an outcome, as of then each has. */
  private void awaitDecisions(Outcome outcome) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              feed(10);
              int all = fed;
              await().atMost(LIMIT).until(() -> decisions().size() == all);
              return newest().getOutcome() == outcome;
            });
  }

  private void feed(int count) {
    topics.feed(IntStream.range(fed, fed + count).mapToObj(i -> Vectors.of("rules-" + i, SCORE)));
    fed += count;
  }

  private Decision newest() {
    return decisions().stream()
        .filter(decision -> numberOf(decision) == fed - 1)
        .findFirst()
        .orElseThrow();
  }

  private static int numberOf(Decision decision) {
    return Integer.parseInt(decision.getTransactionId().substring("rules-".length()));
  }

  private static List<Decision> decisions() {
    return topics.all(Topics.DECISIONS, Decision.class);
  }

  private static void put(Rule rule) {
    topics.put(Topics.RULES, rule.getRuleId(), codec.encode(rule));
    topics.flush();
  }

  private static Rule.Builder event(int version) {
    return Rule.newBuilder()
        .setRuleId("rule")
        .setVersion(version)
        .setName("a rule")
        .setWeight(0)
        .setActive(true)
        .setBy("alice")
        .setApprovedBy("bob")
        .setAtMs(version);
  }
}
