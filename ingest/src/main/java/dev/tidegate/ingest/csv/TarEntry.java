package dev.tidegate.ingest.csv;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file within a tar archive (POSIX ustar; extended headers are skipped). */
final class TarEntry extends FilterInputStream {
  private static final int BLOCK = 512;
  private static final int MAGIC_AT = 257;

  private long left;

  private TarEntry(InputStream in, long size) {
    super(in);
    this.left = size;
  }

  static boolean isTar(byte[] head) {
    return head.length == BLOCK
        && new String(head, MAGIC_AT, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  /** Names of all files, in order, up to the end of the archive or to where it breaks off. */
  static List<String> names(InputStream in) {
    List<String> names = new ArrayList<>();
    try {
      byte[] head = header(in);
      while (head != null) {
        if (isFile(head)) {
          names.add(name(head));
        }
        in.skipNBytes(padded(size(head)));
        head = header(in);
      }
    } catch (IOException e) {
      // Whoever reads the entry meets the break and reports it.
      return names;
    }
    return names;
  }

  /** The entry with a name, or null; a leading {@code ./} does not count. */
  static @Nullable InputStream find(InputStream in, String name) throws IOException {
    byte[] head = header(in);
    while (head != null) {
      if (isFile(head) && name(head).equals(plain(name))) {
        return new TarEntry(in, size(head));
      }
      in.skipNBytes(padded(size(head)));
      head = header(in);
    }
    return null;
  }

  private static byte @Nullable [] header(InputStream in) throws IOException {
    byte[] head = in.readNBytes(BLOCK);
    return head.length < BLOCK || head[0] == 0 ? null : head;
  }

  private static boolean isFile(byte[] head) {
    return head[156] == '0' || head[156] == 0;
  }

  private static String name(byte[] head) {
    String prefix = text(head, 345, 155);
    String name = text(head, 0, 100);
    return plain(prefix.isEmpty() ? name : prefix + "/" + name);
  }

  private static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static long size(byte[] head) throws IOException {
    try {
      return Long.parseLong(text(head, 124, 12).trim(), 8);
    } catch (NumberFormatException e) {
      throw new IOException("damaged tar header", e);
    }
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static String text(byte[] head, int from, int length) {
    int end = from;
    while (end < from + length && head[end] != 0) {
      end++;
    }
    return new String(head, from, end - from, StandardCharsets.UTF_8);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the archive ends within an entry");
    }
    left -= count;
    return count;
  }
}
