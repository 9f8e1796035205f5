package dev.tidegate.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Tidegate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command in a process of its own, which can be killed. Thread safe. */
public final class ChildCommand implements AutoCloseable {
  private static final long END_LIMIT_SECONDS = 60;

  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();
  private final List<Thread> readers;

  private ChildCommand(Process process) {
    this.process = process;
    this.readers = List.of(follow(process.inputReader(), out), follow(process.errorReader(), err));
  }

  /**
   * Starts a command.
   *
   * @param environment besides this process's own
   */
  public static ChildCommand start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx1g");
    line.add("-XX:+UseParallelGC");
    // A process of seconds: the second compiler would take more time than it gives.
    line.add("-XX:TieredStopAtLevel=1");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.add("-Dtidegate.home=" + System.getProperty("tidegate.home"));
    // Not the tests' own configuration, which logs to standard output.
    line.add("-Dlogback.configurationFile=logback.xml");
    line.add(Tidegate.class.getName());
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    // Not on the command line: ONNX Runtime 1.29 crashes where that is longer than 4 KiB.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(environment);
    return new ChildCommand(builder.start());
  }

  private static Thread follow(BufferedReader from, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (from) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                  lines.add(line);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "child-output");
    reader.start();
    return reader;
  }

  /** Lines of standard output so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** Lines of standard error so far. */
  public List<String> err() {
    return List.copyOf(err);
  }

  /** Lines of standard output so far, each a JSON object, of one type. */
  public List<JsonNode> events(String type) {
    return out.stream()
        .map(ChildCommand::json)
        .filter(node -> node.path("event").asText().equals(type))
        .toList();
  }

  /** This one, if it has not ended; else fails with what it said. */
  public ChildCommand requireRunning() {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + "; it said " + err);
    }
    return this;
  }

  /** True if such an event was printed. */
  public boolean printed(String type, Predicate<JsonNode> such) {
    return events(type).stream().anyMatch(such);
  }

  private static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  /** Ends it as {@code kill -9} does; returns when it has ended. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, as Ctrl-C does; returns when it has. */
  public void stop() throws InterruptedException {
    // By its handle: the process's own method would close what it still says.
    process.toHandle().destroy();
    awaitEnd();
  }

  /**
   * Waits until it has ended and all that it said is read.
   *
   * @return exit code
   */
  public int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; it said " + err);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  /** Ends it at once if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
