package dev.tidegate.app.e2e;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The platform's servers in containers: Kafka with every topic of the catalogue, the schema
 * registry under FULL_TRANSITIVE, and an empty PostgreSQL database. Servers alone: the stages run
 * in the test's own process, as they would beside a cluster. Closing it removes the containers.
 */
final class ContainerPlatform implements AutoCloseable {
  private static final int REGISTRY_PORT = 8080;
  private static final String REGISTRY_PATH = "/apis/ccompat/v7";
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int TOPICS_LIMIT_SECONDS = 60;

  private final KafkaContainer kafka =
      new KafkaContainer(image("kafka"))
          .withEnv("KAFKA_HEAP_OPTS", "-Xmx512m")
          .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
          .withStartupTimeout(START_LIMIT);
  private final GenericContainer<?> registry =
      new GenericContainer<>(image("registry"))
          .withExposedPorts(REGISTRY_PORT)
          .waitingFor(Wait.forHttp(REGISTRY_PATH + "/subjects").forPort(REGISTRY_PORT))
          .withStartupTimeout(START_LIMIT);
  private final PostgreSQLContainer postgres =
      new PostgreSQLContainer(image("postgres")).withDatabaseName("tidegate");

  private ContainerPlatform() {}

  /**
   * Starts the servers side by side, then creates the topics.
   *
   * @throws IllegalStateException if the topics cannot be created
   */
  static ContainerPlatform start() {
    ContainerPlatform platform = new ContainerPlatform();
    try {
      Startables.deepStart(platform.kafka, platform.registry, platform.postgres).join();
      new ConfluentRegistry(platform.registryUrl()).requireCompatibility("FULL_TRANSITIVE");
      platform.createTopics();
      return platform;
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Address of the broker as seen from the test, {@code host:port}. */
  String bootstrapServers() {
    return kafka.getBootstrapServers();
  }

  /** Base address of the registry's Confluent interface. */
  String registryUrl() {
    return "http://"
        + registry.getHost()
        + ":"
        + registry.getMappedPort(REGISTRY_PORT)
        + REGISTRY_PATH;
  }

  /** JDBC address of the database {@code tidegate}, without credentials. */
  String jdbcUrl() {
    return postgres.getJdbcUrl();
  }

  /** Owner of the database. */
  String databaseUser() {
    return postgres.getUsername();
  }

  /** The owner's password. */
  String databasePassword() {
    return postgres.getPassword();
  }

  @Override
  public void close() {
    kafka.stop();
    registry.stop();
    postgres.stop();
  }

  private void createTopics() {
    List<NewTopic> topics = Arrays.stream(Topics.values()).map(ContainerPlatform::topic).toList();
    Map<String, Object> config =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    try (Admin admin = Admin.create(config)) {
      admin.createTopics(topics).all().get(TOPICS_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("topics not created on " + bootstrapServers(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  private static NewTopic topic(Topics topic) {
    return new NewTopic(topic.topic(), topic.partitions(), (short) 1)
        .configs(topic.retention().topicConfig());
  }

  /** The image that the build names, so that its version stands once, in the root pom. */
  private static String image(String server) {
    String property = "tidegate.image." + server;
    String image = System.getProperty(property);
    if (image == null) {
      throw new IllegalStateException(
          property + " is not set: run mvn verify -Pe2e, or set it to an image's name");
    }
    return image;
  }
}
