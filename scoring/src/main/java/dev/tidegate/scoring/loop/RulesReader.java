package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.scoring.rules.RuleSet;
import dev.tidegate.scoring.rules.RuleSets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
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
    this.consumer = consumer;
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
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.RULES.topic()).stream()
            .map(found -> new TopicPartition(found.topic(), found.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException(
          "topic " + Topics.RULES.topic() + " does not exist; create the catalogue's topics first");
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (goOn.getAsBoolean()
        && partitions.stream()
            .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
      take(POLL);
    }
  }

  /**
   * Reads what has come since, and waits for nothing.
   *
   * @return true if the set changed
   */
  boolean readNew() {
    RuleSet before = sets.current();
    take(Duration.ZERO);
    return sets.current() != before;
  }

  private void take(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      String id = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      try {
        Rule event = record.value() == null ? null : codec.decode(record.value());
        apply(id, event);
      } catch (RegistryException e) {
        throw new RegistryException("rule " + id + " waits: " + e.getMessage(), e);
      } catch (RuntimeException e) { // damaged Avro shows as any unchecked exception
        sets.refuse("record at offset " + record.offset() + " of [rules] is no rule event");
      }
    }
    sets.takeRefusals().forEach(LOG::warn);
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
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
