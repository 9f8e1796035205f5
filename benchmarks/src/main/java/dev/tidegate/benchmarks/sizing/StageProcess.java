package dev.tidegate.benchmarks.sizing;

import dev.tidegate.app.Tidegate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code tidegate run STAGE} as a child process, whose processor time can be read. */
final class StageProcess implements AutoCloseable {
  private static final double NANOS = 1e9;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String stage;
  private final int port;
  private final Process process;

  private StageProcess(String stage, int port, Process process) {
    this.stage = stage;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param folder for its settings, state and output
   * @param servers lines of settings that say where Kafka, registry and database are
   */
  static StageProcess start(String stage, Path folder, String servers) throws IOException {
    int port = free();
    Path own = Files.createDirectories(folder.resolve(stage));
    Path settings = own.resolve("settings.yaml");
    Files.writeString(
        settings, servers + "run: {port: " + port + ", state: " + own + "}\nconsole: {port: 0}\n");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.add("-Dtidegate.home=" + System.getProperty("tidegate.home", "."));
    line.addAll(List.of(Tidegate.class.getName(), "run", stage, "--config", settings.toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectErrorStream(true).redirectOutput(own.resolve("output.txt").toFile());
    return new StageProcess(stage, port, builder.start());
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String stage() {
    return stage;
  }

  /**
   * True once it does its work.
   *
   * @throws IllegalStateException if it has ended
   */
  boolean ready() {
    if (!process.isAlive()) {
      throw new IllegalStateException("stage " + stage + " ended with " + process.exitValue());
    }
    try {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return HTTP.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not listening yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Stops it where it is, as a machine that is busy with others would; {@link #proceed} ends that.
   */
  void pause() throws IOException {
    signal("STOP");
  }

  void proceed() throws IOException {
    signal("CONT");
  }

  private void signal(String name) throws IOException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .onExit()
            .join()
            .exitValue();
    if (code != 0) {
      throw new IOException("stage " + stage + " took no signal " + name);
    }
  }

  /** Processor time of the process since its start, seconds. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / NANOS;
  }

  /** Also of one that is stopped: it takes its end once it goes on. */
  @Override
  public void close() {
    process.destroy();
    try {
      proceed();
    } catch (IOException e) {
      process.destroyForcibly();
    }
    try {
      process.onExit().join();
    } catch (RuntimeException e) {
      throw new UncheckedIOException(new IOException("stage " + stage + " does not end", e));
    }
  }
}
