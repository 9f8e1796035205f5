package dev.tidegate.app.audit;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes control actions one at a time over the whole platform. Whoever acts becomes the one writer
 * first: Kafka fences a transactional id, so a writer that another one has overtaken cannot commit,
 * reads anew and tries again. What is decided is therefore decided on what stands when it is
 * written, the chain has no fork, and an event and its audit are there together or not at all.
 */
public final class AuditedActions {
  private static final String WRITER = "tidegate-audit";
  private static final int ATTEMPTS = 10;
  private static final int ATTEMPTS_UNANSWERED = 3;
  private static final int TIMEOUT_MS = 20_000;

  /** Header of an audit record: which attempt wrote it. */
  private static final String ATTEMPT = "tidegate-attempt";

  private static final int MARK_BYTES = 16;

  private final SchemaRegistry registry;
  private final ControlEvents events;
  private final InstantSource clock;
  private final Supplier<Producer<byte[], byte[]>> producers;

  /**
   * At a platform.
   *
   * @param kafka bootstrap servers
   * @param registry URL of the schema registry
   * @param clock stamps audit events
   */
  public AuditedActions(String kafka, String registry, InstantSource clock) {
    this(kafka, registry, clock, () -> producer(kafka));
  }

  /** With writers of one's own, each of which is closed again. */
  AuditedActions(
      String kafka,
      String registry,
      InstantSource clock,
      Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
    this.registry = new ConfluentRegistry(registry);
    this.events = new ControlEvents(kafka, registry);
    this.clock = clock;
  }

  /**
   * What is to be written.
   *
   * @param events on the topic; none where the audit is all there is
   * @param action their audit
   */
  public record Planned<T>(List<ControlEvents.Keyed<T>> events, AuditChain.Action action) {
    /** Takes a copy. */
    public Planned {
      events = List.copyOf(events);
    }

    /** One event, or null where the audit is all there is. */
    public Planned(ControlEvents.@Nullable Keyed<T> event, AuditChain.Action action) {
      this(event == null ? List.of() : List.of(event), action);
    }
  }

  /** Decides what is to be written, on what stands; may throw {@link Refused}. */
  public interface Plan<T> {
    /**
     * Decides.
     *
     * @param audit all audit events that stand, in their order
     */
    Planned<T> on(List<AuditEvent> audit);
  }

  /**
   * Acts. Where a commit's answer does not come, the next attempt finds out: a new writer makes
   * Kafka end what the last one had begun, and the audit then shows how: an attempt marks its
   * record by a header.
   *
   * @param topic of the event
   * @param type of the event
   * @return what was written, acknowledged by Kafka
   * @throws Refused if the plan refuses, the chain that stands is broken, or Kafka does not answer
   *     before anything was written
   * @throws OutcomeUnknown if Kafka did not answer a commit, and not since
   */
  public <T extends SpecificRecord> Planned<T> take(Topics topic, Class<T> type, Plan<T> plan) {
    Attempts<T> attempts = new Attempts<>(EventCodec.of(topic, type, registry), topic, plan);
    for (int attempt = 1; ; attempt++) {
      @Nullable Producer<byte[], byte[]> producer = null;
      Duration patience = Duration.ofMillis(TIMEOUT_MS);
      try {
        producer = producers.get();
        producer.initTransactions();
        return attempts.write(producer);
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        // Nothing of it can be written any more, and its close would wait half a minute for that.
        patience = Duration.ZERO;
        if (attempt == ATTEMPTS) {
          throw attempts.orUnknown("others act on the platform all the time; try again", e);
        }
      } catch (KafkaException | Refused e) {
        if (!attempts.open() || attempt >= ATTEMPTS_UNANSWERED) {
          throw e instanceof Refused refused && !attempts.open()
              ? refused
              : attempts.orUnknown("Kafka did not take the events: " + e.getMessage(), e);
        }
      } finally {
        if (producer != null) {
          producer.close(patience);
        }
      }
    }
  }

  /** One action over its attempts. */
  private final class Attempts<T extends SpecificRecord> {
    private final EventCodec<T> codec;
    private final Topics topic;
    private final Plan<T> plan;
    private @Nullable Planned<T> unanswered;
    // Another's event may be equal to the last letter, and its hash with it.
    private byte[] mark = new byte[0];

    Attempts(EventCodec<T> codec, Topics topic, Plan<T> plan) {
      this.codec = codec;
      this.topic = topic;
      this.plan = plan;
    }

    /** Whether a commit stands open: it may have been done or not. */
    boolean open() {
      return unanswered != null;
    }

    RuntimeException orUnknown(String refusal, RuntimeException cause) {
      Planned<T> planned = unanswered;
      return planned == null
          ? new Refused(refusal, cause)
          : new OutcomeUnknown(
              "Kafka did not answer in time: whether "
                  + planned.action().action()
                  + " of "
                  + planned.action().subject()
                  + " was taken is not known; see tidegate audit before trying again",
              cause);
    }

    Planned<T> write(Producer<byte[], byte[]> producer) {
      List<ControlEvents.Headed<AuditEvent>> stand = events.headed(Topics.AUDIT, AuditEvent.class);
      Planned<T> before = unanswered;
      if (before != null && stand.stream().anyMatch(this::isMine)) {
        return before;
      }
      unanswered = null;
      List<AuditEvent> audit = stand.stream().map(ControlEvents.Headed::event).toList();
      AuditChain chain = new AuditChain();
      for (AuditEvent event : audit) {
        String problem = chain.take(event);
        if (problem != null) {
          throw new Refused("the audit is not whole: " + problem + "; see tidegate audit verify");
        }
      }
      Planned<T> planned = plan.on(audit);
      AuditEvent event = chain.next(planned.action(), clock.millis());
      EventCodec<AuditEvent> audits = EventCodec.of(Topics.AUDIT, AuditEvent.class, registry);
      mark = new byte[MARK_BYTES];
      new SecureRandom().nextBytes(mark);
      producer.beginTransaction();
      for (ControlEvents.Keyed<T> sent : planned.events()) {
        send(producer, entry(topic, sent.key(), codec.encode(sent.event())));
      }
      var record = entry(Topics.AUDIT, event.getSubject(), audits.encode(event));
      record.headers().add(ATTEMPT, mark);
      send(producer, record);
      commit(producer, planned);
      return planned;
    }

    private boolean isMine(ControlEvents.Headed<AuditEvent> one) {
      Header attempt = one.headers().lastHeader(ATTEMPT);
      return attempt != null && Arrays.equals(attempt.value(), mark);
    }

    private void commit(Producer<byte[], byte[]> producer, Planned<T> planned) {
      try {
        producer.commitTransaction();
      } catch (TimeoutException
          | InterruptException
          | ProducerFencedException
          | InvalidProducerEpochException e) {
        // Kafka may have the request all the same; any other failure says that it has not.
        unanswered = planned;
        throw e;
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> entry(Topics topic, String key, byte[] value) {
    return new ProducerRecord<>(topic.topic(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static void send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    // What fails here fails the commit.
    var unused = producer.send(record);
  }

  private static Producer<byte[], byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        ClientAccess.with(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, WRITER,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT_MS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS)),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
