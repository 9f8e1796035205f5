package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker and controller in this process (KRaft), on loopback. What it holds outlives it
 * in its directory, also over {@code kill -9}: records are in the operating system's hands once
 * they are acknowledged. Record times are those of the broker: payments of other years must not
 * fall to retention. Thread safe.
 */
public final class EmbeddedKafka implements ClosesWithin {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final int NODE = 1;
  private static final short ONE_REPLICA = 1;

  private static final Duration LEADERS_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  /** How many brokers of this process have given up; one would otherwise end the process. */
  private static final AtomicLong GIVEN_UP = new AtomicLong();

  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final long givenUpBefore;

  private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
    this.givenUpBefore = GIVEN_UP.get();
  }

  /** A broker that cannot write its log halts the process it is in; here it only says so. */
  private static void outliveTheBroker() {
    Exit.Procedure note =
        (code, message) -> {
          GIVEN_UP.incrementAndGet();
          throw new IllegalStateException("the broker gave up: " + message);
        };
    Exit.setHaltProcedure(note);
    Exit.setExitProcedure(note);
  }

  /** True if the broker gave up: it could not write its log, for one. */
  boolean gaveUp() {
    return GIVEN_UP.get() > givenUpBefore;
  }

  /** Starts on a directory and a free port. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts, formatting the directory at its first use; returns once the broker serves.
   *
   * @param port loopback port for clients, 0 for any free one
   * @throws StartupRefused if the port is in use
   */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, Map.of());
  }

  /**
   * Starts a broker with settings of one's own, over those that it has here: TLS for its listener
   * {@code PLAINTEXT}, for one. Whoever asks it for topics then proves itself by {@link
   * ClientAccess}.
   */
  public static EmbeddedKafka start(Path directory, int port, Map<String, String> own) {
    int clientPort = Ports.claim("broker", port);
    int controllerPort = Ports.claim("broker's controller", 0);
    format(directory);
    outliveTheBroker();
    Map<String, String> settings = settings(directory, clientPort, controllerPort);
    settings.putAll(own);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      server.shutdown();
      throw e;
    }
    return new EmbeddedKafka(server, Ports.LOOPBACK + ":" + clientPort);
  }

  private static void format(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try (PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Files.createDirectories(directory);
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the broker's directory " + directory + " was not formatted", e);
    } catch (Exception e) {
      throw new IllegalStateException(
          "the broker's directory " + directory + " was not formatted: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> settings(Path directory, int clientPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    String clients = "PLAINTEXT://" + Ports.LOOPBACK + ":" + clientPort;
    String controller = Ports.LOOPBACK + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("listeners", clients + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", clients);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", NODE + "@" + controller);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    settings.put("log.retention.check.interval.ms", "10000");
    settings.putAll(oneNode());
    settings.putAll(smallAndQuick());
    return settings;
  }

  private static Map<String, String> oneNode() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1",
        "auto.create.topics.enable", "false",
        "log.message.timestamp.type", "LogAppendTime");
  }

  /** The session is short, for after a kill the old one must end before the new one begins. */
  private static Map<String, String> smallAndQuick() {
    return Map.of(
        "log.cleaner.dedupe.buffer.size", "4194304",
        "log.segment.bytes", "268435456",
        "num.network.threads", "2",
        "num.io.threads", "2",
        "num.recovery.threads.per.data.dir", "2",
        "group.initial.rebalance.delay.ms", "0",
        "broker.heartbeat.interval.ms", "500",
        "broker.session.timeout.ms", "3000",
        "controller.quorum.election.timeout.ms", "200",
        "controller.quorum.fetch.timeout.ms", "500");
  }

  /** Address for clients, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates every topic of the catalogue that is not there yet, bounded by time alone. */
  public void createTopics() {
    createTopics(0, false);
  }

  /**
   * Creates every topic of the catalogue that is not there yet, and bounds the topics of passing
   * records, those that are there already included.
   *
   * @param passingBytes most that all of these together take, bytes; 0 for no bound
   * @param amlLane whether the AML lane's vectors are among them
   */
  void createTopics(long passingBytes, boolean amlLane) {
    Map<String, Object> client = new HashMap<>(ClientAccess.kafka());
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (Admin admin = Admin.create(client)) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing = new ArrayList<>();
      for (Topics topic : Topics.values()) {
        if (!present.contains(topic.topic())) {
          missing.add(
              new NewTopic(topic.topic(), topic.partitions(), ONE_REPLICA)
                  .configs(topic.retention().topicConfig()));
        }
      }
      admin.createTopics(missing).all().get();
      admin.incrementalAlterConfigs(PassingLog.bounds(passingBytes, amlLane)).all().get();
      awaitLeaders(admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics were not created: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were created", e);
    }
  }

  /**
   * Only a partition whose leader takes writes tells its end; before, a first batch may be lost. A
   * broker does not know a topic yet that its controller has just created.
   */
  private static void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (Topics topic : Topics.values()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        partitions.put(new TopicPartition(topic.topic(), partition), OffsetSpec.latest());
      }
    }
    Deadline deadline = Deadline.in(LEADERS_LIMIT);
    while (true) {
      try {
        admin.listOffsets(partitions).all().get();
        return;
      } catch (ExecutionException e) {
        boolean early = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!early || deadline.left().isZero()) {
          throw e;
        }
      }
    }
  }

  /** Stops the broker within 8 s; data stay. */
  @Override
  public void close() {
    close(Deadline.in(STOP_LIMIT));
  }

  /** Stops the broker; one that does not stop in time is left behind, as a kill would leave it. */
  @Override
  public void close(Deadline deadline) {
    boolean stopped =
        deadline.await(
            "broker",
            () -> {
              server.shutdown();
              server.awaitShutdown();
            });
    if (!stopped) {
      LOG.warn("the broker did not stop in time; its log is mended at the next start");
    }
  }
}
