package dev.tidegate.benchmarks.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code bench graph} found; what {@code --json} writes. Ratios of parts that
 * were left out are 0.
 *
 * @param machine where and when
 * @param settings what was asked, and of which graph
 * @param kernel payments of a file, one at a time
 * @param growth the same at constant degree with ever more edges in the window
 * @param hub with a hub and without
 * @param job the same signals sharded in Flink
 */
public record GraphReport(
    Map<String, Object> machine,
    Map<String, Object> settings,
    @Nullable Kernel kernel,
    List<Point> growth,
    @Nullable Hub hub,
    @Nullable Job job) {
  /**
   * One run over payments.
   *
   * @param payments which
   * @param costs what they cost
   */
  public record Kernel(String payments, Costs.Figures costs) {}

  /**
   * A full window.
   *
   * @param edges payments in it, those of a hub left out
   * @param costs of payments that follow
   * @param accounts remembered
   * @param bytesPerEdge bytes of the graph's arrays over payments in the window
   */
  public record Point(int edges, Costs.Figures costs, int accounts, double bytesPerEdge) {}

  /**
   * Costs with a hub and without.
   *
   * @param without no hub
   * @param others the same payments where every second one is to a hub
   * @param hub those to the hub
   */
  public record Hub(Costs.Figures without, Costs.Figures others, Costs.Figures hub) {}

  /**
   * The sharded graph as a job, and the kernel over the same payments.
   *
   * @param payments which
   * @param parallelism of the job
   * @param kernel the kernel's costs of the second half of the payments
   * @param full the job with as many payments as it takes
   * @param paced the job at half of that rate; its times are from payment to signals
   */
  public record Job(
      String payments,
      int parallelism,
      Costs.Figures kernel,
      ShardedJob.Figures full,
      ShardedJob.Figures paced) {}

  /** Payments a second of the sharded job, all cores together. */
  @JsonProperty
  public double jobTransactionsPerSecond() {
    return job == null ? 0 : job.full().perSecond();
  }

  /** The job's rate a task over the kernel's rate on the same payments. */
  @JsonProperty
  public double jobShareOfKernel() {
    return job == null ? 0 : job.full().perSecond() / job.parallelism() / job.kernel().perSecond();
  }

  /** Milliseconds from payment to signals at half of the job's rate, 99 %. */
  @JsonProperty
  public double jobP99Millis() {
    return job == null ? 0 : job.paced().p99Millis();
  }

  /** Payments a second of one core. */
  @JsonProperty
  public double kernelTransactionsPerSecond() {
    return kernel == null ? 0 : kernel.costs().perSecond();
  }

  /** Mean cost a payment at most edges over that at fewest. */
  @JsonProperty
  public double growthRatio() {
    return growth.isEmpty()
        ? 0
        : growth.get(growth.size() - 1).costs().meanMicros() / growth.get(0).costs().meanMicros();
  }

  /** Bytes an edge at most edges. */
  @JsonProperty
  public double bytesPerEdge() {
    return growth.isEmpty() ? 0 : growth.get(growth.size() - 1).bytesPerEdge();
  }

  /** The larger 99th percentile with a hub, of its payments and of others, over that without. */
  @JsonProperty
  public double hubP99Ratio() {
    return hub == null
        ? 0
        : Math.max(hub.others().p99Micros(), hub.hub().p99Micros()) / hub.without().p99Micros();
  }
}
