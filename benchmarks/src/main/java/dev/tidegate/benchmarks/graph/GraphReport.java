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
 * @param job the same signals as a Flink job
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
   * The graph as a job, and the kernel over the same payments.
   *
   * @param payments which
   * @param parallelism of the job
   * @param kernel the kernel's costs of the payments that the job measures at full speed
   * @param inserted what the kernel takes to put the payments that follow in, without a search
   * @param kernelsAtOnce payments a second of as many kernels on threads of their own, each of
   *     which puts all in and searches a share; what replicas are without a job around them
   * @param one one graph in one task
   * @param replicas as many replicas of the graph as tasks
   * @param sharded accounts over keyed tasks; null if it was left out
   */
  public record Job(
      String payments,
      int parallelism,
      Costs.Figures kernel,
      Costs.Figures inserted,
      double kernelsAtOnce,
      Layout one,
      Layout replicas,
      @Nullable Sharded sharded) {}

  /**
   * One layout of the job.
   *
   * @param full as many payments as it takes
   * @param askedPerSecond half of that rate
   * @param leastLateNanos how long after it was due a payment of that half was sent, the least of
   *     all
   * @param paced payments that come at it; times are from payment to signals
   */
  public record Layout(
      JobFigures full, double askedPerSecond, long leastLateNanos, JobFigures paced) {
    static Layout of(LayoutJob.Measured measured) {
      return new Layout(
          measured.full(), measured.askedPerSecond(), measured.leastLateNanos(), measured.paced());
    }
  }

  /**
   * Accounts over keyed tasks, which take fewer payments: of a smaller window.
   *
   * @param payments which
   * @param kernel the kernel's costs of the second half of them
   * @param job the job's figures over the second half
   */
  public record Sharded(String payments, Costs.Figures kernel, Layout job) {}

  private double share(Layout layout, Costs.Figures kernel) {
    return job == null ? 0 : layout.full().perSecond() / job.parallelism() / kernel.perSecond();
  }

  /**
   * The one graph's rate over all cores of the job, over the kernel's rate on the same payments.
   */
  @JsonProperty
  public double oneGraphShareOfKernel() {
    return job == null ? 0 : share(job.one(), job.kernel());
  }

  /** Kernels at once, each searching a share: their rate a core over that of one alone. */
  @JsonProperty
  public double kernelsAtOnceShare() {
    return job == null ? 0 : job.kernelsAtOnce() / job.parallelism() / job.kernel().perSecond();
  }

  /** Payments a second of the replicas, all cores together. */
  @JsonProperty
  public double jobTransactionsPerSecond() {
    return job == null ? 0 : job.replicas().full().perSecond();
  }

  /** The replicas' rate a core over the kernel's rate on the same payments. */
  @JsonProperty
  public double jobShareOfKernel() {
    return job == null ? 0 : share(job.replicas(), job.kernel());
  }

  /** Milliseconds from payment to signals at half of the replicas' rate, 99 %. */
  @JsonProperty
  public double jobP99Millis() {
    return job == null ? 0 : job.replicas().paced().p99Millis();
  }

  /** Payments a second of the sharded accounts, all cores together. */
  @JsonProperty
  public double shardedTransactionsPerSecond() {
    Sharded sharded = job == null ? null : job.sharded();
    return sharded == null ? 0 : sharded.job().full().perSecond();
  }

  /** The sharded accounts' rate a core over the kernel's rate on the same payments. */
  @JsonProperty
  public double shardedShareOfKernel() {
    Sharded sharded = job == null ? null : job.sharded();
    return sharded == null ? 0 : share(sharded.job(), sharded.kernel());
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
