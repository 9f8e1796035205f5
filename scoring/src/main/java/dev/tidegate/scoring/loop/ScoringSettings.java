package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.scoring.decide.OutcomePolicy;
import dev.tidegate.scoring.model.Device;
import java.time.Duration;

/**
 * How a scorer runs.
 *
 * @param bootstrapServers Kafka, {@code host:port[,host:port]}
 * @param registry where schemas have numbers
 * @param groupId consumer group; scorers of one group share the partitions of [features]
 * @param maxBatch most rows in a batch, 1 to 100,000; a batch is what is queued, up to this, and
 *     waits for nothing
 * @param policy what a score leads to
 * @param horizon how long ids of decided payments are remembered; a payment replayed later is
 *     decided anew. At least the retention of [features] keeps the promise for every replay; an id
 *     takes 24 to 48 bytes
 * @param overloadAfter time from the door after which models are not asked; zero for never
 * @param device where releases that [models] names are to run
 */
public record ScoringSettings(
    String bootstrapServers,
    SchemaRegistry registry,
    String groupId,
    int maxBatch,
    OutcomePolicy policy,
    Duration horizon,
    Duration overloadAfter,
    Device device) {
  /** Consumer group of the platform's scorers. */
  public static final String GROUP = "scoring";

  /** Default of {@code maxBatch}. */
  public static final int MAX_BATCH = 1024;

  /** Default of {@code horizon}: the retention of [features] in the topic catalogue. */
  public static final Duration HORIZON = Duration.ofDays(7);

  private static final int LARGEST_BATCH = 100_000;

  /** Checks every value. */
  public ScoringSettings {
    require(!bootstrapServers.isBlank(), "bootstrapServers is empty");
    require(!groupId.isBlank(), "groupId is empty");
    require(
        maxBatch >= 1 && maxBatch <= LARGEST_BATCH,
        "maxBatch must be 1 to 100000, not " + maxBatch);
    require(!overloadAfter.isNegative(), "overloadAfter must not be negative");
    require(!horizon.isZero() && !horizon.isNegative(), "horizon must be positive, not " + horizon);
  }

  /** The defaults, at a given Kafka and registry. */
  public static ScoringSettings at(String bootstrapServers, SchemaRegistry registry) {
    return new ScoringSettings(
        bootstrapServers,
        registry,
        GROUP,
        MAX_BATCH,
        OutcomePolicy.HOLD_ALL,
        HORIZON,
        Duration.ZERO,
        Device.CPU);
  }

  /** The same with another policy. */
  public ScoringSettings withPolicy(OutcomePolicy other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, maxBatch, other, horizon, overloadAfter, device);
  }

  /** The same with another horizon. */
  public ScoringSettings withHorizon(Duration other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, maxBatch, policy, other, overloadAfter, device);
  }

  /** The same with another largest batch. */
  public ScoringSettings withMaxBatch(int rows) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, rows, policy, horizon, overloadAfter, device);
  }

  /** The same with another time after which models are not asked. */
  public ScoringSettings withOverloadAfter(Duration other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, maxBatch, policy, horizon, other, device);
  }

  /** The same with another device for the releases that [models] names. */
  public ScoringSettings on(Device other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, maxBatch, policy, horizon, overloadAfter, other);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("scoring: " + otherwise);
    }
  }
}
