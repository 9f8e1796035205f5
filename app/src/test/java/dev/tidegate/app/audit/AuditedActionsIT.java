package dev.tidegate.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.time.WallClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker whose answer to a commit is lost, before or after the commit. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class AuditedActionsIT {
  private static final String ANOTHER_DID = "another did";

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(directory.resolve("registry")),
            Files.createDirectories(directory.resolve("logs")),
            0,
            false);
  }

  @AfterAll
  static void stop() {
    registry.close();
    kafka.close();
  }

  /** Where an answer is lost. */
  private enum Lost {
    BEFORE_COMMIT,
    AFTER_COMMIT,
    AFTER_COMMIT_AND_EVER_SINCE
  }

  private static AuditedActions actions(Lost lost) {
    AtomicInteger commits = new AtomicInteger();
    return new AuditedActions(
        kafka.bootstrapServers(), registry.url(), WallClock.INSTANCE, () -> losing(lost, commits));
  }

  /** A real producer that loses the answer to its first commit. */
  @SuppressWarnings("unchecked")
  private static Producer<byte[], byte[]> losing(Lost lost, AtomicInteger commits) {
    KafkaProducer<byte[], byte[]> real =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "transactional.id", "tidegate-audit",
                "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            AuditedActionsIT.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              boolean lose =
                  method.getName().equals("commitTransaction") && commits.getAndIncrement() == 0;
              boolean silent =
                  method.getName().equals("initTransactions")
                      && commits.get() > 0
                      && lost == Lost.AFTER_COMMIT_AND_EVER_SINCE;
              if (silent || (lose && lost == Lost.BEFORE_COMMIT)) {
                throw new TimeoutException("no answer");
              }
              Object answer = call(real, method, arguments);
              if (lose) {
                throw new TimeoutException("no answer");
              }
              return answer;
            });
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static AuditedActions.Planned<ModelRelease> approve(
      AuditedActions actions, String release) {
    return actions.take(
        Topics.MODELS,
        ModelRelease.class,
        audit ->
            new AuditedActions.Planned<ModelRelease>(
                List.of(), new AuditChain.Action("ann", "model.approve", release, null, null)));
  }

  private static List<AuditEvent> audit(String release) {
    return new ControlEvents(kafka.bootstrapServers(), registry.url())
        .all(Topics.AUDIT, AuditEvent.class).stream()
            .filter(event -> event.getSubject().equals(release))
            .toList();
  }

  @Test
  void shouldFindOutThatACommitWentThroughThoughItsAnswerWasLost() {
    assertThat(approve(actions(Lost.AFTER_COMMIT), "after").action().subject()).isEqualTo("after");
    assertThat(audit("after")).hasSize(1);
  }

  @Test
  void shouldTryAgainOnceItKnowsThatACommitDidNotGoThrough() {
    assertThat(approve(actions(Lost.BEFORE_COMMIT), "before").events()).isEmpty();
    assertThat(audit("before")).hasSize(1);
  }

  @Test
  void shouldSayThatItDoesNotKnowWhereNoAnswerComes() {
    assertThatThrownBy(() -> approve(actions(Lost.AFTER_COMMIT_AND_EVER_SINCE), "ever"))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("whether model.approve of ever was taken is not known")
        .hasMessageContaining("tidegate audit");
    assertThat(audit("ever")).as("it was, for all that").hasSize(1);
  }

  /**
   * Writers of one name whose clocks show the same: what they write is equal, and yet not theirs.
   */
  @Test
  void shouldNotTakeAnEqualEventOfAnotherForItsOwn() throws Exception {
    Instant one = WallClock.INSTANCE.instant();
    for (int round = 0; round < 5; round++) {
      assertThat(writers(4, "equal-" + round, () -> one)).isEqualTo(1);
      assertThat(audit("equal-" + round)).hasSize(1);
    }
  }

  /** How many of some that write at a time, each unless another has, say that they did. */
  private static int writers(int many, String subject, InstantSource clock) throws Exception {
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<Boolean>> wrote = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        AuditedActions writer = new AuditedActions(kafka.bootstrapServers(), registry.url(), clock);
        wrote.add(
            threads.submit(
                () -> {
                  together.await();
                  return Insisting.act(() -> once(writer, subject));
                }));
      }
      int times = 0;
      for (Future<Boolean> each : wrote) {
        times += each.get() ? 1 : 0;
      }
      return times;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean once(AuditedActions writer, String subject) {
    try {
      var unused =
          writer.take(
              Topics.MODELS,
              ModelRelease.class,
              audit -> {
                if (audit.stream().anyMatch(event -> event.getSubject().equals(subject))) {
                  throw new Refused(ANOTHER_DID);
                }
                return new AuditedActions.Planned<ModelRelease>(
                    List.of(), new AuditChain.Action("ann", "model.ready", subject, null, null));
              });
      return true;
    } catch (Refused e) {
      if (!ANOTHER_DID.equals(e.getMessage())) {
        throw e;
      }
      return false;
    }
  }

  @Test
  void shouldRefuseWhatNeverBegan() {
    AuditedActions unreachable =
        new AuditedActions(
            kafka.bootstrapServers(),
            registry.url(),
            WallClock.INSTANCE,
            () -> {
              throw new TimeoutException("nobody there");
            });
    assertThatThrownBy(() -> approve(unreachable, "never"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("Kafka did not take the events");
    assertThat(audit("never")).isEmpty();
  }
}
