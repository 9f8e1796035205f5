package dev.tidegate.ingest.csv;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A file by what its first bytes say it is, not by its name: plain, gzip, zstd, zip, and tar inside
 * any of these. One entry of an archive is named {@code ARCHIVE!ENTRY}; without a name the archive
 * must hold exactly one file.
 *
 * @param path the file, or the archive
 * @param entry the entry of the archive, or null
 */
public record InputFile(Path path, @Nullable String entry) {
  private static final int BUFFER = 1 << 16;
  private static final int SNIFF = 512;

  /** The file that a path names; a {@code !} separates an archive from its entry. */
  public static InputFile of(Path path) {
    String text = path.toString();
    int mark = text.indexOf('!');
    if (mark <= 0 || Files.exists(path)) {
      return new InputFile(path, null);
    }
    return new InputFile(Path.of(text.substring(0, mark)), text.substring(mark + 1));
  }

  /** Name for people. */
  public String text() {
    return entry == null ? path.toString() : path + "!" + entry;
  }

  /**
   * The file's bytes, unpacked.
   *
   * @throws InputProblem if it is not there, may not be read, or is an archive without the entry
   * @throws IOException if reading fails
   */
  public InputStream open() throws IOException {
    if (Files.isDirectory(path)) {
      throw new InputProblem(path + " is a folder, not a file");
    }
    InputStream raw;
    try {
      raw = Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new InputProblem("no such file: " + path);
    } catch (AccessDeniedException e) {
      throw new InputProblem("no permission to read " + path);
    }
    try {
      return unpack(new BufferedInputStream(raw, BUFFER));
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private InputStream unpack(BufferedInputStream in) throws IOException {
    byte[] head = peek(in);
    if (starts(head, 0x50, 0x4b, 0x03, 0x04)) {
      in.close();
      return zipEntry();
    }
    if (starts(head, 0x1f, 0x8b)) {
      return archiveEntry(new BufferedInputStream(gzip(in), BUFFER));
    }
    if (starts(head, 0x28, 0xb5, 0x2f, 0xfd)) {
      return archiveEntry(new BufferedInputStream(new ZstdInputStream(in), BUFFER));
    }
    return archiveEntry(in);
  }

  private InputStream gzip(InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (IOException e) {
      throw new InputProblem(path + " starts like gzip but cannot be unpacked");
    }
  }

  private InputStream archiveEntry(BufferedInputStream in) throws IOException {
    byte[] head;
    try {
      head = peek(in);
    } catch (IOException e) {
      // A file cut off in its first block: the reader meets the same error and reports it.
      return in;
    }
    if (!TarEntry.isTar(head)) {
      if (entry != null) {
        throw new InputProblem(path + " is no archive, so it has no entry " + entry);
      }
      return in;
    }
    if (entry == null) {
      List<String> names = TarEntry.names(in);
      in.close();
      if (names.size() != 1) {
        throw severalEntries(names);
      }
      return new InputFile(path, names.get(0)).open();
    }
    InputStream found = TarEntry.find(in, entry);
    if (found == null) {
      throw new InputProblem(path + " has no entry " + entry);
    }
    return found;
  }

  private InputStream zipEntry() throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new InputProblem(path + " is a damaged or cut off zip archive");
    }
    List<? extends ZipEntry> files =
        zip.stream().filter(e -> !e.isDirectory()).filter(e -> !noise(e.getName())).toList();
    ZipEntry chosen = entry != null ? zip.getEntry(entry) : files.size() == 1 ? files.get(0) : null;
    if (chosen == null) {
      zip.close();
      if (entry != null) {
        throw new InputProblem(path + " has no entry " + entry);
      }
      throw severalEntries(files.stream().map(ZipEntry::getName).toList());
    }
    return new ZipEntryStream(zip, zip.getInputStream(chosen));
  }

  private static boolean noise(String name) {
    return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }

  private InputProblem severalEntries(List<String> names) {
    List<String> tables = names.stream().filter(name -> name.endsWith(".csv")).limit(8).toList();
    return new InputProblem(
        path
            + " is an archive of "
            + names.size()
            + " files; name one as "
            + path.getFileName()
            + "!ENTRY"
            + (tables.isEmpty() ? "" : ": " + String.join(", ", tables)));
  }

  private static byte[] peek(BufferedInputStream in) throws IOException {
    in.mark(SNIFF);
    byte[] head = in.readNBytes(SNIFF);
    in.reset();
    return head;
  }

  private static boolean starts(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** An entry whose closing closes its archive. */
  private static final class ZipEntryStream extends BufferedInputStream {
    private final ZipFile zip;

    ZipEntryStream(ZipFile zip, InputStream in) {
      super(in, BUFFER);
      this.zip = zip;
    }

    @Override
    public void close() throws IOException {
      super.close();
      zip.close();
    }
  }
}
