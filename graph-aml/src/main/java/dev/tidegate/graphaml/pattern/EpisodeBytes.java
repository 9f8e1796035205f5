package dev.tidegate.graphaml.pattern;

import dev.tidegate.schemas.event.LaunderingPattern;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** An open episode as bytes, with their version. */
final class EpisodeBytes {
  static final int VERSION = 1;

  private EpisodeBytes() {}

  static byte[] write(Episode episode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(episode.pattern.name());
      out.writeLong(episode.focus);
      out.writeUTF(episode.openedBy);
      out.writeLong(episode.openedMs);
      out.writeInt(episode.smallest);
      out.writeInt(episode.width);
      out.writeInt(episode.version);
      out.writeInt(episode.told);
      out.writeLong(episode.firstMs);
      out.writeLong(episode.lastMs);
      out.writeUTF(episode.grownBy);
      out.writeLong(episode.ingestedAtMs);
      write(episode.joints, out);
      write(episode.payments, out);
      write(episode.accounts, out);
      out.writeInt(episode.edges.size());
      for (Edge edge : episode.edges) {
        EdgeBytes.write(edge, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes any bytes", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Set<Long> numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.size());
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  /** Reads what {@link #write} of this version or an older one wrote. */
  static Episode read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "an episode has version " + version + ", this program reads " + VERSION);
      }
      Episode episode =
          new Episode(
              new Episode.Opening(
                  LaunderingPattern.valueOf(in.readUTF()),
                  in.readLong(),
                  in.readUTF(),
                  in.readLong(),
                  in.readInt()));
      episode.width = in.readInt();
      episode.version = in.readInt();
      episode.told = in.readInt();
      episode.firstMs = in.readLong();
      episode.lastMs = in.readLong();
      episode.grownBy = in.readUTF();
      episode.ingestedAtMs = in.readLong();
      read(episode.joints, in);
      read(episode.payments, in);
      read(episode.accounts, in);
      for (int left = in.readInt(); left > 0; left--) {
        episode.edges.add(EdgeBytes.read(in));
      }
      return episode;
    } catch (IOException e) {
      throw new UncheckedIOException("an episode is damaged", e);
    }
  }

  private static void read(Set<Long> into, DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      into.add(in.readLong());
    }
  }
}
