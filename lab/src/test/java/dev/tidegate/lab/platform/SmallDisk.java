package dev.tidegate.lab.platform;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small file system in memory that can be filled to the last byte; needs the right to mount. */
final class SmallDisk implements AutoCloseable {
  /** All that is printed where mounting is not permitted. */
  static final String SKIPPED = "skipped: mounting a small disk is not permitted here";

  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /**
   * Mounts one at a folder.
   *
   * @throws org.opentest4j.TestAbortedException if that is not permitted
   */
  static SmallDisk at(Path folder, int mebibytes) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        runs("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    if (!mounted) {
      System.out.println(SKIPPED);
    }
    assumeTrue(mounted, SKIPPED);
    return new SmallDisk(folder);
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** Fills it up to the last byte. */
  void fill() throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(path.resolve("fill"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (Files.getFileStore(path).getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Fills it up but for a rest. */
  void fillBut(int bytes) throws IOException {
    fill();
    try (FileChannel file = FileChannel.open(path.resolve("fill"), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - bytes);
    }
  }

  /** Gives back what {@link #fill} took. */
  void free() throws IOException {
    Files.delete(path.resolve("fill"));
  }

  @Override
  public void close() {
    runs("umount", "-l", path.toString());
  }
}
