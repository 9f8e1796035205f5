package dev.tidegate.retrain.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a child's job, in files of its folder: {@code request.json}, {@code fingerprint}
 * (written last: with it the job is there), {@code attempts}, {@code process} (id and start of the
 * newest one), {@code exit} (its exit code), {@code cut} (it was stopped), {@code late} (by its
 * deadline), {@code out.log}, {@code err.log}.
 */
final class JobFolder {
  private static final int TAIL_BYTES = 4_096;
  private final Path path;

  JobFolder(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Path request() {
    return path.resolve("request.json");
  }

  boolean exists() {
    return Files.exists(path.resolve("fingerprint"));
  }

  @Nullable String fingerprint() {
    return read("fingerprint");
  }

  void create(JobOrder order) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write("request.json", order.requestJson());
    write("fingerprint", order.fingerprint());
  }

  int attempts() {
    String text = read("attempts");
    return text == null ? 0 : Integer.parseInt(text.strip());
  }

  /** Notes that another attempt begins, before it does. */
  void beginAttempt() {
    write("attempts", Integer.toString(attempts() + 1));
    delete("exit");
    delete("cut");
    delete("late");
  }

  void began(long pid) {
    write("process", pid + " " + startOf(pid));
  }

  /** The process of the newest attempt if it runs still, whoever started it. */
  @Nullable ProcessHandle process() {
    String text = read("process");
    if (text == null) {
      return null;
    }
    String[] parts = text.strip().split(" ", 2);
    long pid = Long.parseLong(parts[0]);
    boolean same = parts.length == 2 && parts[1].equals(startOf(pid));
    return same ? ProcessHandle.of(pid).orElse(null) : null;
  }

  private static String startOf(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Object::toString)
        .orElse("gone");
  }

  /** Exit code of the newest attempt; null while there is none. */
  @Nullable Integer exitCode() {
    String text = read("exit");
    return text == null ? null : Integer.valueOf(text.strip());
  }

  /** True if the newest attempt was stopped from outside. */
  boolean cut() {
    return Files.exists(path.resolve("cut"));
  }

  /** Notes that the newest attempt is stopped because its time is over. */
  void markLate() {
    write("late", "");
  }

  boolean late() {
    return Files.exists(path.resolve("late"));
  }

  /** Last line of what it printed that is not blank; empty if there is none. */
  String lastLine() {
    return lastLine("out.log");
  }

  /** The same of what it complained. */
  String lastComplaint() {
    return lastLine("err.log");
  }

  private String lastLine(String file) {
    try (RandomAccessFile in = new RandomAccessFile(path.resolve(file).toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL_BYTES, in.length())];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      String text = new String(tail, StandardCharsets.UTF_8).stripTrailing();
      return text.substring(text.lastIndexOf('\n') + 1).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private @Nullable String read(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole or not at all. */
  private void write(String file, String text) {
    try {
      Path part = path.resolve(file + ".part");
      Files.writeString(part, text);
      Files.move(part, path.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String file) {
    try {
      Files.deleteIfExists(path.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
