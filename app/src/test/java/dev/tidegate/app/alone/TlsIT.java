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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage at a broker that takes nobody without a certificate of a local authority. */
@Timeout(300)
final class TlsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SECRET = "changeit-in-this-test";

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(ClientAccess.KAFKA_PROPERTY);
  }

  @Test
  void shouldWorkWithACertificateAndOnlyWithOne() throws Exception {
    authority();
    signed("broker");
    signed("stage");
    Path client = clientProperties();
    System.setProperty(ClientAccess.KAFKA_PROPERTY, client.toString());
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, brokerSettings());
        EmbeddedRegistry registry =
            EmbeddedRegistry.start(folder.resolve("registry"), folder.resolve("logs"), 0, false)) {
      kafka.createTopics();
      shouldRefuseWhoeverHasNone(kafka);
      try (ChildCommand monitors = monitors(kafka, registry, client)) {
        await("the monitors read every partition").atMost(PATIENCE).until(() -> ready(monitors));
        monitors.stop();
        assertThat(String.join("\n", monitors.err())).doesNotContain(SECRET);
      }
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

  private ChildCommand monitors(EmbeddedKafka kafka, EmbeddedRegistry registry, Path client)
      throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("TIDEGATE_SERVERS_KAFKA", kafka.bootstrapServers());
    environment.put("TIDEGATE_SERVERS_KAFKA_PROPERTIES", client.toString());
    environment.put("TIDEGATE_SERVERS_REGISTRY", registry.url());
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
    Map<String, String> settings = new HashMap<>(stores("broker"));
    settings.put("listener.security.protocol.map", "PLAINTEXT:SSL,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("ssl.client.auth", "required");
    settings.put("ssl.truststore.password", SECRET);
    settings.put("ssl.keystore.password", SECRET);
    return settings;
  }

  private Map<String, String> stores(String name) {
    return Map.of(
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        folder.resolve(name + ".p12").toString(),
        "ssl.truststore.type",
        "PKCS12",
        "ssl.truststore.location",
        folder.resolve("trust.p12").toString());
  }

  /** As on a cluster: the password stands in a file of its own, and the clients look it up. */
  private Path clientProperties() throws IOException {
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), SECRET);
    String pointer = "${directory:" + secrets + ":password}";
    List<String> lines = new ArrayList<>();
    stores("stage").forEach((key, value) -> lines.add(key + "=" + value));
    lines.add("security.protocol=SSL");
    lines.add("config.providers=directory");
    lines.add(
        "config.providers.directory.class="
            + "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    lines.add("ssl.truststore.password=" + pointer);
    lines.add("ssl.keystore.password=" + pointer);
    return Files.write(folder.resolve("client.properties"), lines);
  }

  /** A local authority, and a store that trusts it. */
  private void authority() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-dname",
        "CN=authority",
        "-ext",
        "bc:c",
        "-keyalg",
        "EC",
        "-keystore",
        "ca.p12");
    keytool("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.crt", "-rfc");
    keytool(
        "-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt", "-keystore", "trust.p12");
  }

  /** A key with a certificate that the authority signed. */
  private void signed(String name) throws Exception {
    String store = name + ".p12";
    keytool(
        "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-keystore", store);
    keytool("-certreq", "-alias", name, "-keystore", store, "-file", name + ".csr");
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-infile",
        name + ".csr",
        "-outfile",
        name + ".crt",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    keytool("-importcert", "-noprompt", "-alias", "ca", "-file", "ca.crt", "-keystore", store);
    keytool("-importcert", "-noprompt", "-alias", name, "-file", name + ".crt", "-keystore", store);
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", SECRET));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
