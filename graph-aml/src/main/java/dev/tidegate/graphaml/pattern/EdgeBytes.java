package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Hop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A payment that may become evidence, as bytes. */
public final class EdgeBytes {
  private static final int VERSION = 1;

  private EdgeBytes() {}

  /** With their version. */
  public static byte[] bytes(Edge edge) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(edge, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes any bytes", e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #bytes} of this version or an older one wrote. */
  public static Edge read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "a payment has version " + version + ", this program reads " + VERSION);
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a payment is damaged", e);
    }
  }

  /** Writes its fields. */
  public static void write(Edge edge, DataOutput out) throws IOException {
    Hop hop = edge.hop();
    out.writeLong(hop.payment());
    out.writeLong(hop.from());
    out.writeLong(hop.to());
    out.writeLong(hop.timeMs());
    out.writeLong(hop.value());
    out.writeUTF(edge.transactionId());
    out.writeUTF(edge.from());
    out.writeUTF(edge.to());
    out.writeLong(edge.amountMinor());
    out.writeUTF(edge.currency());
  }

  /** Reads what {@link #write} wrote. */
  public static Edge read(DataInput in) throws IOException {
    Hop hop = new Hop(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    return new Edge(hop, in.readUTF(), in.readUTF(), in.readUTF(), in.readLong(), in.readUTF());
  }
}
