package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Ties the life of a process to this one's by a shell that reads a pipe which this process holds:
 * when this process ends, even by {@code kill -9}, the pipe ends, and the shell stops the other.
 * Needs a POSIX shell. Signals of the terminal (Ctrl-C) do not reach guard or child: they end with
 * this process, in its order.
 */
final class ParentGuard implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  /** Runs "$@" as a child, its output to the file $LOG; prints its id; 5 s from TERM to KILL. */
  private static final String RUN_CHILD =
      """
      trap '' INT HUP
      exec 3<&0
      "$@" </dev/null >"$TIDEGATE_CHILD_LOG" 2>&1 3<&- &
      child=$!
      echo "$child"
      {
        while read -r line; do :; done
        kill -TERM "$child" 2>/dev/null
        n=0
        while [ "$n" -lt 50 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; n=$((n + 1)); done
        kill -KILL "$child" 2>/dev/null
      } <&3 >/dev/null 2>&1 &
      exec 3<&- >/dev/null
      wait "$child"
      """;

  /** Stops the process whose id is the first line of the file $1, unless told that all is done. */
  private static final String WATCH_PID_FILE =
      """
      trap '' INT HUP
      while read -r line; do [ "$line" = done ] && exit 0; done
      pid=$(head -n 1 "$1" 2>/dev/null) && kill -INT "$pid"
      """;

  private final Process shell;
  private final long childPid;

  private ParentGuard(Process shell, long childPid) {
    this.shell = shell;
    this.childPid = childPid;
  }

  /**
   * Starts a command under guard.
   *
   * @param environment what is added to this process's environment
   * @param log file that takes its output; overwritten
   */
  static ParentGuard run(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", RUN_CHILD, "guard"));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    builder.environment().put("TIDEGATE_CHILD_LOG", log.toString());
    Process shell = builder.start();
    try (BufferedReader output = shell.inputReader(StandardCharsets.US_ASCII)) {
      String pid = output.readLine();
      if (pid == null) {
        throw new IOException("the guard of " + command.get(0) + " did not start");
      }
      return new ParentGuard(shell, Long.parseLong(pid));
    }
  }

  /** Guards a process that writes its own id, as PostgreSQL does: it gets SIGINT at our end. */
  static ParentGuard watch(Path pidFile) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", WATCH_PID_FILE, "guard", pidFile.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ParentGuard(shell, -1);
  }

  /** Id of the child of {@link #run}. */
  long childPid() {
    return childPid;
  }

  /** True while the guard, and so the child of {@link #run}, runs. */
  boolean isAlive() {
    return shell.isAlive();
  }

  /** Dismisses the guard of {@link #watch}; its process goes on. */
  void dismiss() {
    try {
      shell.getOutputStream().write("done\n".getBytes(StandardCharsets.US_ASCII));
      shell.getOutputStream().flush();
    } catch (IOException e) {
      shell.destroyForcibly();
    }
    close();
  }

  /** Ends the guard and, with it, what it guards; waits at most 6 s. */
  @Override
  public void close() {
    close(Deadline.in(PATIENCE));
  }

  /** Ends the guard and, with it, what it guards: by force once the deadline has passed. */
  void close(Deadline deadline) {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      shell.destroy();
    }
    try {
      if (!shell.waitFor(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
        ProcessHandle.of(childPid).ifPresent(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
