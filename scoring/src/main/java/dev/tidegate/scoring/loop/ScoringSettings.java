package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.scoring.decide.OutcomePolicy;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.ScoringLane;
import java.time.Duration;

/**
 * How a scorer runs.
 *
 * @param bootstrapServers Kafka, {@code host:port[,host:port]}
 * @param registry where schemas have numbers
 * @param groupId consumer group; scorers of one group share the partitions of [features]
 * @param batching what makes a batch
 * @param policy what a score leads to
 * @param horizon how long ids of decided payments are remembered without being asked for: payments
 *     that come again within it cost nothing. Older ones, as after an offset is set back, have the
 *     scorer read its output back to their time first, which takes a while and decides none anew as
 *     long as [decisions] are kept. An id takes 24 to 48 bytes
 * @param limits what is not waited for
 * @param device where releases that [models] names are to run
 * @param lane what it reads and writes
 */
public record ScoringSettings(
    String bootstrapServers,
    SchemaRegistry registry,
    String groupId,
    Batching batching,
    OutcomePolicy policy,
    Duration horizon,
    Limits limits,
    Device device,
    ScoringLane lane) {
  /** Consumer group of the platform's scorers. */
  public static final String GROUP = ScoringLane.PAYMENTS.group();

  /** Default of {@code horizon}: the retention of [features] in the topic catalogue. */
  public static final Duration HORIZON = Duration.ofDays(7);

  /**
   * What makes a batch.
   *
   * @param rows most rows in a batch, 1 to 100,000; a batch is what is queued, up to this
   * @param window time from the door until which a row waits for others to fill the batch, so that
   *     one that has been under way for as long waits for nothing; zero for never
   * @param buffers 2 to read the next batch and write the one before while models are at one; 1 to
   *     do one after the other
   */
  public record Batching(int rows, Duration window, int buffers) {
    /** What is queued, waiting for nothing; two buffers, by the figures of `bench loop`. */
    public static final Batching NATURAL = new Batching(1024, Duration.ZERO, 2);

    private static final int MOST_ROWS = 100_000;

    /** Checks every value. */
    public Batching {
      require(rows >= 1 && rows <= MOST_ROWS, "maxBatch must be 1 to 100000, not " + rows);
      require(!window.isNegative(), "window must not be negative");
      require(buffers == 1 || buffers == 2, "buffers must be 1 or 2, not " + buffers);
    }

    /** True if reading and writing go on while models are at a batch. */
    boolean overlapped() {
      return buffers == 2;
    }
  }

  /**
   * What is not waited for.
   *
   * @param overloadAfter time from the door after which models are not asked; zero for never
   * @param modelLimit time in which a model must answer to a batch; zero for no limit
   */
  public record Limits(Duration overloadAfter, Duration modelLimit) {
    /** Models are asked however late it is, and given five seconds. */
    public static final Limits SHIPPED = new Limits(Duration.ZERO, Duration.ofSeconds(5));

    /** Checks every value. */
    public Limits {
      require(!overloadAfter.isNegative(), "overloadAfter must not be negative");
      require(!modelLimit.isNegative(), "modelLimit must not be negative");
    }
  }

  /** Checks every value. */
  public ScoringSettings {
    require(!bootstrapServers.isBlank(), "bootstrapServers is empty");
    require(!groupId.isBlank(), "groupId is empty");
    require(!horizon.isZero() && !horizon.isNegative(), "horizon must be positive, not " + horizon);
  }

  /** The defaults, at a given Kafka and registry. */
  public static ScoringSettings at(String bootstrapServers, SchemaRegistry registry) {
    return new ScoringSettings(
        bootstrapServers,
        registry,
        GROUP,
        Batching.NATURAL,
        OutcomePolicy.HOLD_ALL,
        HORIZON,
        Limits.SHIPPED,
        Device.CPU,
        ScoringLane.PAYMENTS);
  }

  /** The same with another policy. */
  public ScoringSettings withPolicy(OutcomePolicy other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, batching, other, horizon, limits, device, lane);
  }

  /** The same with another horizon. */
  public ScoringSettings withHorizon(Duration other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, batching, policy, other, limits, device, lane);
  }

  /** The same with other batches. */
  public ScoringSettings with(Batching other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, other, policy, horizon, limits, device, lane);
  }

  /** The same with another largest batch. */
  public ScoringSettings withMaxBatch(int rows) {
    return with(new Batching(rows, batching.window(), batching.buffers()));
  }

  /** The same with other limits. */
  public ScoringSettings with(Limits other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, batching, policy, horizon, other, device, lane);
  }

  /** The same with another time after which models are not asked. */
  public ScoringSettings withOverloadAfter(Duration other) {
    return with(new Limits(other, limits.modelLimit()));
  }

  /** The same with another device for the releases that [models] names. */
  public ScoringSettings on(Device other) {
    return new ScoringSettings(
        bootstrapServers, registry, groupId, batching, policy, horizon, limits, other, lane);
  }

  /**
   * The same in the AML lane: in its own group, and letting every payment pass. None waits for it,
   * so it is never overloaded: a vector that comes behind the graph's time, or hours late, is
   * scored.
   */
  public ScoringSettings ofAml() {
    return new ScoringSettings(
        bootstrapServers,
        registry,
        ScoringLane.AML.group(),
        batching,
        OutcomePolicy.WATCH,
        horizon,
        new Limits(Duration.ZERO, limits.modelLimit()),
        device,
        ScoringLane.AML);
  }

  /** True if a model is called by a thread of its own. */
  boolean callsBeside() {
    return batching.overlapped() || !limits.modelLimit().isZero();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("scoring: " + otherwise);
    }
  }
}
