package dev.tidegate.app.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.access.ClientAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stage at a broker that takes nobody without a certificate of a local authority, or without a
 * password, and at a registry behind TLS.
 */
@Timeout(600)
final class TlsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "changeit-in-this-test";

  @TempDir private Path folder;
  private LocalAuthority authority;

  @BeforeEach
  void makeAuthority() throws Exception {
    authority = new LocalAuthority(folder, SECRET);
  }

  @AfterEach
  void forget() {
    System.clearProperty(ClientAccess.KAFKA_PROPERTY);
  }

  @Test
  void shouldWorkWithACertificateAndOnlyWithOne() throws Exception {
    authority.sign("broker");
    authority.sign("stage");
    Path client = clientProperties();
    System.setProperty(ClientAccess.KAFKA_PROPERTY, client.toString());
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, brokerSettings());
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(folder.resolve("registry"), folder.resolve("logs"), 0, false)) {
      kafka.createTopics();
      shouldRefuseWhoeverHasNone(kafka);
      try (ChildCommand monitors = monitors(kafka, registry.url(), client, null)) {
        await("the monitors read every partition").atMost(PATIENCE).until(() -> ready(monitors));
        monitors.stop();
        assertThat(String.join("\n", monitors.err())).doesNotContain(SECRET);
      }
      assertThat(Files.readString(folder.resolve("monitors.log"))).doesNotContain(SECRET);
    }
  }

  @Test
  void shouldWorkWithAPasswordOverTlsAndAtARegistryBehindTls() throws Exception {
    authority.sign("broker");
    authority.sign("gateway");
    Path client = passwordProperties();
    System.setProperty(ClientAccess.KAFKA_PROPERTY, client.toString());
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, saslSettings());
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(folder.resolve("registry"), folder.resolve("logs"), 0, false);
        TlsFront front = new TlsFront(registry.url(), authority.context("gateway"))) {
      kafka.createTopics();
      shouldRefuseWhoeverHasNone(kafka);
      try (ChildCommand monitors = monitors(kafka, front.url(), client, registryProperties())) {
        await("the monitors read every partition").atMost(PATIENCE).until(() -> ready(monitors));
        monitors.stop();
        assertThat(String.join("\n", monitors.err())).doesNotContain(SECRET);
      }
      assertThat(front.answered()).as("schemas asked for over TLS").isPositive();
      assertThat(Files.readString(folder.resolve("monitors.log"))).doesNotContain(SECRET);
    }
  }

  private static void shouldRefuseWhoeverHasNone(EmbeddedKafka kafka) throws Exception {
    Map<String, Object> plain =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    try (Admin admin = Admin.create(plain)) {
      admin.listTopics().names().get();
      throw new AssertionError("the broker let a client in without a certificate");
    } catch (ExecutionException e) {
      assertThat(e.getCause()).isInstanceOf(org.apache.kafka.common.KafkaException.class);
    }
  }

  private ChildCommand monitors(
      EmbeddedKafka kafka, String registry, Path client, @Nullable Path registryClient)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("TIDEGATE_SERVERS_KAFKA", kafka.bootstrapServers());
    environment.put("TIDEGATE_SERVERS_KAFKA_PROPERTIES", client.toString());
    environment.put("TIDEGATE_SERVERS_REGISTRY", registry);
    if (registryClient != null) {
      environment.put("TIDEGATE_REGISTRY_PROPERTIES", registryClient.toString());
    }
    environment.put("TIDEGATE_RUN_PORT", "0");
    environment.put("TIDEGATE_RUN_STATE", folder.resolve("monitors").toString());
    environment.put("TIDEGATE_RUN_LOG", folder.resolve("monitors.log").toString());
    return ChildCommand.start(environment, "run", "monitors");
  }

  private static boolean ready(ChildCommand stage) throws InterruptedException {
    for (String line : stage.err()) {
      int address = line.indexOf("http://");
      if (line.startsWith("health of") && address > 0) {
        return ready(line.substring(address));
      }
    }
    return false;
  }

  private static boolean ready(String address) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address + "/health/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, String> brokerSettings() {
    Map<String, String> settings = new HashMap<>(authority.stores("broker"));
    settings.put("listener.security.protocol.map", "PLAINTEXT:SSL,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("ssl.client.auth", "required");
    settings.put("ssl.truststore.password", SECRET);
    settings.put("ssl.keystore.password", SECRET);
    return settings;
  }

  /** As on a cluster: the password stands in a file of its own, and the clients look it up. */
  private Path clientProperties() throws IOException {
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), SECRET);
    String pointer = "${directory:" + secrets + ":password}";
    List<String> lines = new ArrayList<>();
    authority.stores("stage").forEach((key, value) -> lines.add(key + "=" + value));
    lines.add("security.protocol=SSL");
    lines.add("config.providers=directory");
    lines.add(
        "config.providers.directory.class="
            + "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    lines.add("ssl.truststore.password=" + pointer);
    lines.add("ssl.keystore.password=" + pointer);
    return Files.write(folder.resolve("client.properties"), lines);
  }

  /** SASL over TLS: who comes needs a name and a password, and no certificate. */
  private Map<String, String> saslSettings() {
    Map<String, String> settings = new HashMap<>(brokerSettings());
    settings.put("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT");
    settings.put("ssl.client.auth", "none");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put(
        "listener.name.plaintext.plain.sasl.jaas.config",
        String.format(
            Locale.ROOT,
            "%s required username=\"broker\" password=\"%s\" user_broker=\"%s\" user_stage=\"%s\";",
            PlainLoginModule.class.getName(),
            SECRET,
            SECRET,
            SECRET));
    return settings;
  }

  private Path passwordProperties() throws IOException {
    Path secrets = Files.createDirectory(folder.resolve("sasl-secrets"));
    Files.writeString(
        secrets.resolve("jaas"),
        PlainLoginModule.class.getName()
            + " required username=\"stage\" password=\""
            + SECRET
            + "\";");
    Files.writeString(secrets.resolve("password"), SECRET);
    return Files.write(
        folder.resolve("sasl.properties"),
        List.of(
            "security.protocol=SASL_SSL",
            "sasl.mechanism=PLAIN",
            "config.providers=directory",
            "config.providers.directory.class="
                + "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
            "sasl.jaas.config=${directory:" + secrets + ":jaas}",
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + folder.resolve("trust.p12"),
            "ssl.truststore.password=${directory:" + secrets + ":password}"));
  }

  private Path registryProperties() throws IOException {
    return Files.write(
        folder.resolve("registry.properties"),
        List.of(
            "config.providers=directory",
            "config.providers.directory.class="
                + "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
            "ssl.truststore.type=PKCS12",
            "ssl.truststore.location=" + folder.resolve("trust.p12"),
            "ssl.truststore.password=${directory:"
                + folder.resolve("sasl-secrets")
                + ":password}"));
  }
}
