package dev.tidegate.app.alone;

import dev.tidegate.schemas.access.ClientAccess;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Asks the brokers every few seconds whether they are there, in a thread of its own. Clients of
 * Kafka wait without a word for brokers that are away, so that a stage cannot tell by them. Needs
 * no right but to connect.
 */
final class BrokerProbe implements AutoCloseable {
  private static final Duration EACH = Duration.ofSeconds(4);
  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final Admin admin;
  private final ScheduledExecutorService thread;
  private volatile boolean answered;

  private BrokerProbe(Admin admin) {
    this.admin = admin;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "broker-probe");
              made.setDaemon(true);
              return made;
            });
  }

  /** Begins to ask, every 4 s. */
  static BrokerProbe start(String bootstrapServers) {
    return start(bootstrapServers, EACH);
  }

  /**
   * Begins to ask, with such a pause from each answer, or 4 s without one, to the next question.
   */
  static BrokerProbe start(String bootstrapServers, Duration each) {
    int limitMs = (int) LIMIT.toMillis();
    BrokerProbe probe =
        new BrokerProbe(
            Admin.create(
                ClientAccess.with(
                    Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        limitMs,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        limitMs))));
    var unused =
        probe.thread.scheduleWithFixedDelay(probe::ask, 0, each.toMillis(), TimeUnit.MILLISECONDS);
    return probe;
  }

  /** True if the last question was answered; false before the first answer. */
  boolean answered() {
    return answered;
  }

  private void ask() {
    try {
      answered = !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException | KafkaException e) {
      answered = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    admin.close(LIMIT);
  }
}
