package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.scoring.rules.RuleSet;
import dev.tidegate.scoring.rules.RuleSets;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * [rules] to the set that decides. Reads the whole topic at start, then what comes, between
 * batches. An event that is refused is counted and logged with its reason, and the version before
 * it stays. Not thread safe; belongs to the loop's thread.
 */
final class RulesReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RulesReader.class);

  private final ControlTopic topic;
  private final EventCodec<Rule> codec;
  private final RuleSets sets;
  private long refusedTold;

  /**
   * A reader that has read nothing yet.
   *
   * @param consumer of no group, for this object alone
   * @param first set that events change
   */
  RulesReader(Consumer<byte[], byte[]> consumer, SchemaRegistry registry, RuleSet first) {
    this.topic = new ControlTopic(Topics.RULES, consumer, this::take);
    this.codec = EventCodec.of(Topics.RULES, Rule.class, registry);
    this.sets = new RuleSets(first);
  }

  /**
   * Reads all events that stand.
   *
   * @param goOn asked between polls; false gives up early
   * @throws IllegalStateException if the topic does not exist
   */
  void readAll(BooleanSupplier goOn) {
    topic.readAll(goOn);
    sets.takeRefusals().forEach(LOG::warn);
  }

  /**
   * Reads what has come since, and waits for nothing.
   *
   * @return true if the set changed
   */
  boolean readNew() {
    RuleSet before = sets.current();
    topic.readNew();
    sets.takeRefusals().forEach(LOG::warn);
    return sets.current() != before;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String id = ControlTopic.key(record);
    try {
      apply(id, record.value() == null ? null : codec.decode(record.value()));
    } catch (RegistryException e) {
      throw new RegistryException("rule " + id + " waits: " + e.getMessage(), e);
    } catch (RuntimeException e) { // damaged Avro shows as any unchecked exception
      sets.refuse("record at offset " + record.offset() + " of [rules] is no rule event");
    }
  }

  private void apply(String id, @Nullable Rule event) {
    if (sets.apply(id, event)) {
      LOG.info("rule {} is read; version of the rules: {}", id, sets.current().version());
    }
  }

  /** The set as of the last event read. */
  RuleSet current() {
    return sets.current();
  }

  /** Events refused since this was called last. */
  long takeRefused() {
    long taken = sets.refused() - refusedTold;
    refusedTold += taken;
    return taken;
  }

  @Override
  public void close() {
    topic.close();
  }
}
