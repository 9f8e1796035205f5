package dev.tidegate.app.config;

import dev.tidegate.retrain.launch.KubernetesSettings;
import dev.tidegate.retrain.request.RequestPolicy;
import dev.tidegate.retrain.stability.PaymentPart;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The dials of retraining.
 *
 * @param enabled whether monitors of all but scores, requests and launcher run
 * @param outcomes whether the monitors of outcomes are among them, which keep payments on the heap
 * @param labelDelay when a payment without a label counts as legitimate
 * @param budget what thresholds follow from
 * @param policy what is cause to train
 * @param training where and how training runs
 * @param cluster training as Jobs
 */
public record RetrainDials(
    boolean enabled,
    boolean outcomes,
    Duration labelDelay,
    Budget budget,
    RequestPolicy policy,
    Training training,
    Cluster cluster) {
  private static final Duration YEAR = Duration.ofDays(365);

  /**
   * What thresholds follow from.
   *
   * @param pagesAQuarter false alarms a quarter of all monitors together
   * @param paymentsPerSecond payments to expect
   * @param dispositionsPerDay dispositions to expect
   * @param fairnessBy what the groups are that fairness compares
   */
  public record Budget(
      int pagesAQuarter, int paymentsPerSecond, int dispositionsPerDay, FairnessBy fairnessBy) {}

  /** Field of a payment whose values are groups. */
  public enum FairnessBy {
    /** No groups. */
    NONE(null),
    /** How payments are made. */
    CHANNEL(PaymentPart.CHANNEL),
    /** Their currency. */
    CURRENCY(PaymentPart.CURRENCY),
    /** What the merchant trades in. */
    MERCHANT_CATEGORY(PaymentPart.MERCHANT_CATEGORY),
    /** Where payers are. */
    PAYER_COUNTRY(PaymentPart.PAYER_COUNTRY),
    /** Where payees are. */
    PAYEE_COUNTRY(PaymentPart.PAYEE_COUNTRY);

    private final @Nullable PaymentPart part;

    FairnessBy(@Nullable PaymentPart part) {
      this.part = part;
    }

    /** The field; null for none. */
    public @Nullable PaymentPart part() {
      return part;
    }
  }

  /** Where training runs. */
  public enum Launching {
    /** As a child process. */
    CHILD,
    /** As a Job of a cluster. */
    KUBERNETES,
    /** Nowhere. */
    OFF
  }

  /**
   * How training runs.
   *
   * @param launching where
   * @param releases folder of releases; blank for the one in the data directory
   * @param deadline longest time
   * @param retries further attempts
   * @param heapMib heap of a child
   * @param search for parameters
   */
  public record Training(
      Launching launching,
      String releases,
      Duration deadline,
      int retries,
      int heapMib,
      Search search) {}

  /**
   * The search for parameters.
   *
   * @param candidates forests to try at most
   * @param time after which no further one is begun
   */
  public record Search(int candidates, Duration time) {}

  /**
   * A cluster.
   *
   * @param jobs how Jobs are made
   * @param kafka brokers as pods reach them; blank for this process's
   * @param registry schema registry as pods reach it; blank for this process's
   * @param releases where pods write releases
   */
  public record Cluster(KubernetesSettings jobs, String kafka, String registry, String releases) {}

  static RetrainDials of(Configuration read) {
    Training training =
        new Training(
            read.choice("retrain.launcher", Launching.class),
            read.text("retrain.releases"),
            read.span("retrain.deadline", Duration.ofMinutes(1), Duration.ofDays(7)),
            read.integer("retrain.retries", 0, 20),
            read.integer("retrain.child-heap-mib", 128, 1_000_000),
            new Search(
                read.integer("retrain.candidates", 1, 1_000),
                read.span("retrain.search-time", Duration.ofSeconds(1), Duration.ofDays(7))));
    return new RetrainDials(
        read.flag("retrain.enabled"),
        read.flag("retrain.outcomes"),
        read.span("retrain.label-delay", Duration.ofMinutes(1), Duration.ofDays(90)),
        new Budget(
            read.integer("retrain.pages-a-quarter", 1, 10_000),
            read.integer("retrain.payments-a-second", 1, 1_000_000),
            read.integer("retrain.dispositions-a-day", 1, 1_000_000),
            read.choice("retrain.fairness-by", FairnessBy.class)),
        new RequestPolicy(
            read.span("retrain.cooldown", Duration.ZERO, YEAR),
            read.integer("retrain.persistence", 1, 1_000),
            read.integer("retrain.volume", 0, 1_000_000_000),
            read.span("retrain.schedule", Duration.ZERO, YEAR)),
        training,
        new Cluster(
            jobs(read, training),
            read.text("retrain.kubernetes.kafka"),
            read.text("retrain.kubernetes.registry"),
            read.text("retrain.kubernetes.releases")));
  }

  private static KubernetesSettings jobs(Configuration read, Training training) {
    return new KubernetesSettings(
        read.name("retrain.kubernetes.namespace"),
        read.name("retrain.kubernetes.image"),
        read.name("retrain.kubernetes.service-account"),
        new KubernetesSettings.Resources(
            read.name("retrain.kubernetes.cpu"),
            read.name("retrain.kubernetes.memory"),
            read.integer("retrain.kubernetes.gpus", 0, 64),
            read.name("retrain.kubernetes.gpu-resource")),
        training.deadline(),
        training.retries(),
        read.span("retrain.kubernetes.ttl", Duration.ZERO, Duration.ofDays(30)),
        read.text("retrain.kubernetes.queue"),
        read.text("retrain.kubernetes.template"));
  }
}
