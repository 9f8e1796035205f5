package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificData;

/**
 * Apicurio's registry as a child process on loopback, spoken to in Confluent's dialect. Schema ids
 * stand in every record on the broker, so they are kept in a database file that is written through
 * at each commit: they outlive a {@code kill -9} of registry and parent. Thread safe.
 */
public final class EmbeddedRegistry implements ClosesWithin {
  /** Compatibility of every subject: any version reads and is read by any other. */
  public static final String COMPATIBILITY = "FULL_TRANSITIVE";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(6);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final ParentGuard guard;
  private final ProcessRecord process;
  private final String url;

  private EmbeddedRegistry(ParentGuard guard, ProcessRecord process, String url) {
    this.guard = guard;
    this.process = process;
    this.url = url;
  }

  /**
   * Starts a registry that keeps its schemas in the directory, on any free port.
   *
   * @see #start(Path, Path, int, boolean)
   */
  public static EmbeddedRegistry start(DataDirectory directory) {
    return start(directory.registry(), directory.logs(), 0, true);
  }

  /**
   * Starts the registry, requires {@link #COMPATIBILITY} and registers every subject of the
   * catalogue; returns once that is done. Stops one that an earlier instance left behind.
   *
   * @param directory its database and process id
   * @param logs folder for {@code registry.log}
   * @param port loopback port, 0 for any free one
   * @param persistent false to keep schemas in memory alone, for runs whose bytes nobody keeps
   * @throws StartupRefused if the port is in use, or the registry's files are not installed
   */
  public static EmbeddedRegistry start(Path directory, Path logs, int port, boolean persistent) {
    return start(
        new Places(directory, logs), port, persistent, RegistryArchive.options(runnerJar()));
  }

  /**
   * Where a server keeps things.
   *
   * @param directory its database and process id
   * @param logs folder for {@code registry.log}
   */
  record Places(Path directory, Path logs) {}

  /** The same with options for its Java. */
  static EmbeddedRegistry start(Places places, int port, boolean persistent, List<String> java) {
    Path directory = places.directory();
    Path logs = places.logs();
    Path jar = runnerJar();
    int httpPort = Ports.claim("registry", port);
    String url = "http://" + Ports.LOOPBACK + ":" + httpPort + "/apis/ccompat/v7";
    Path log = logs.resolve("registry.log");
    ProcessRecord process = new ProcessRecord(directory.resolve("pid"));
    try {
      Path scratch = Files.createDirectories(directory.resolve("tmp"));
      Files.createDirectories(logs);
      process.stopStale();
      ParentGuard guard =
          ParentGuard.run(
              line(jar, scratch, java), environment(directory, httpPort, persistent), log);
      EmbeddedRegistry registry = new EmbeddedRegistry(guard, process, url);
      registry.awaitReady(log);
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException("the registry did not start", e);
    }
  }

  private static List<String> line(Path jar, Path scratch, List<String> java) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(java);
    line.addAll(List.of("-Djava.io.tmpdir=" + scratch, "-jar", jar.toString()));
    return line;
  }

  private static Map<String, String> environment(Path directory, int port, boolean persistent) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_HOST", Ports.LOOPBACK);
    environment.put("QUARKUS_MANAGEMENT_PORT", "0");
    environment.put("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false");
    environment.put("APICURIO_STORAGE_KIND", "sql");
    environment.put("APICURIO_STORAGE_SQL_KIND", "h2");
    environment.put("APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "1");
    environment.put("APICURIO_DATASOURCE_JDBC_MIN_SIZE", "1");
    environment.put("APICURIO_DATASOURCE_JDBC_MAX_SIZE", "8");
    environment.put(
        "APICURIO_DATASOURCE_URL",
        persistent
            ? "jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0"
            : "jdbc:h2:mem:schemas");
    return environment;
  }

  static Path runnerJar() {
    String configured = System.getProperty("tidegate.registry.home");
    Path home =
        configured != null
            ? Path.of(configured)
            : Path.of(System.getProperty("tidegate.home", "."), "lab", "target", "apicurio");
    try (Stream<Path> files = Files.isDirectory(home) ? Files.list(home) : Stream.empty()) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new StartupRefused(
                      "the registry is not installed under "
                          + home.toAbsolutePath().normalize()
                          + "; build with mvn, or name its folder in tidegate.registry.home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady(Path log) throws IOException {
    try {
      process.write(guard.childPid());
      HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(ANSWER_LIMIT).build();
      boolean answered =
          Poll.until(START_LIMIT, () -> !guard.isAlive() || answers(client, ask))
              && guard.isAlive();
      if (!answered) {
        throw new IllegalStateException("the registry did not start; see " + log);
      }
      registerCatalogue();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static boolean answers(HttpClient client, HttpRequest ask) {
    try {
      return client.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void registerCatalogue() {
    ConfluentRegistry registry = new ConfluentRegistry(url);
    registry.requireCompatibility(COMPATIBILITY);
    for (Topics topic : Topics.values()) {
      registry.register(
          topic.subject(),
          SpecificData.getForClass(topic.value()).getSchema(topic.value()).toString());
    }
  }

  /** Base address in Confluent's dialect. */
  public String url() {
    return url;
  }

  /** Id of the child process. */
  public long pid() {
    return guard.childPid();
  }

  /** Stops the child process; waits at most 6 s. */
  @Override
  public void close() {
    close(Deadline.in(STOP_LIMIT));
  }

  /** Stops the child process, by force once the deadline has passed. */
  @Override
  public void close(Deadline deadline) {
    guard.close(deadline);
    try {
      process.clear();
    } catch (IOException e) {
      throw new UncheckedIOException("the registry's process id was not cleared", e);
    }
  }
}
