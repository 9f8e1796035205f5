package dev.tidegate.retrain.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A child process whose life is tied to this one's by a shell that reads a pipe which this process
 * holds: when this process ends, even by {@code kill -9}, the pipe ends and the shell stops the
 * child. The shell writes the child's exit code to a file, so that it is known whoever is left to
 * ask. Needs a POSIX shell.
 */
final class GuardedChild implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 2;

  /** $1 folder; the rest is the command. 5 s from TERM to KILL; "cut" says that we stopped it. */
  private static final String SCRIPT =
      """
      trap '' INT HUP
      folder=$1
      shift
      exec 3<&0
      "$@" </dev/null >"$folder/out.log" 2>"$folder/err.log" 3<&- &
      child=$!
      {
        while read -r line; do :; done
        : >"$folder/cut"
        kill -TERM "$child" 2>/dev/null
        n=0
        while [ "$n" -lt 50 ] && kill -0 "$child" 2>/dev/null; do sleep 0.1; n=$((n + 1)); done
        kill -KILL "$child" 2>/dev/null
      } <&3 >/dev/null 2>&1 &
      guard=$!
      exec 3<&-
      echo "$child"
      exec >/dev/null
      wait "$child"
      printf '%s\\n' "$?" >"$folder/exit.part"
      kill -KILL "$guard" 2>/dev/null
      mv "$folder/exit.part" "$folder/exit"
      """;

  private final Process shell;
  private final long pid;

  private GuardedChild(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /** Starts a command; its output goes to {@code out.log} and {@code err.log} of the folder. */
  static GuardedChild start(List<String> command, Path folder) throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "guard", folder.toString()));
    line.addAll(command);
    Process shell = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader output = shell.inputReader(StandardCharsets.US_ASCII)) {
      String pid = output.readLine();
      if (pid == null) {
        throw new IOException("the guard of " + command.get(0) + " did not start");
      }
      return new GuardedChild(shell, Long.parseLong(pid));
    }
  }

  /** Id of the child. */
  long pid() {
    return pid;
  }

  /** True while the child runs and until its exit code is written. */
  boolean alive() {
    return shell.isAlive();
  }

  /** Stops the child: asks it, and after 2 s ends it by force. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
      }
    } catch (IOException e) {
      shell.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
