package dev.tidegate.graphaml.pattern;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payments that may become evidence, as bytes: version, their number, their ids, where each ends
 * behind this table, then each as {@link EdgeBytes} writes it. One is found without reading others.
 */
final class EvidenceChunk {
  static final int VERSION = 1;

  private static final int HEAD = 1 + Integer.BYTES;
  private static final int USUAL_BYTES = 160;

  private EvidenceChunk() {}

  static byte[] bytes(List<Edge> edges) {
    ByteArrayOutputStream payments = new ByteArrayOutputStream(USUAL_BYTES * edges.size());
    int[] ends = new int[edges.size()];
    try (DataOutputStream out = new DataOutputStream(payments)) {
      for (int i = 0; i < ends.length; i++) {
        EdgeBytes.write(edges.get(i), out);
        ends[i] = out.size();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes any bytes", e);
    }
    ByteBuffer chunk = ByteBuffer.allocate(tableEnd(ends.length) + payments.size());
    chunk.put((byte) VERSION).putInt(ends.length);
    for (Edge edge : edges) {
      chunk.putLong(edge.hop().payment());
    }
    for (int end : ends) {
      chunk.putInt(end);
    }
    return chunk.put(payments.toByteArray()).array();
  }

  private static int tableEnd(int count) {
    return HEAD + count * (Long.BYTES + Integer.BYTES);
  }

  private static int count(ByteBuffer chunk) {
    if (chunk.get(0) != VERSION) {
      throw new IllegalStateException(
          "evidence has version " + chunk.get(0) + ", this program reads " + VERSION);
    }
    return chunk.getInt(1);
  }

  /** The payment of an id; null if it is not in the chunk. Of several the one put in last. */
  static @Nullable Edge find(byte[] bytes, long payment) {
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    int count = count(chunk);
    for (int i = count - 1; i >= 0; i--) {
      if (chunk.getLong(HEAD + i * Long.BYTES) == payment) {
        return read(bytes, chunk, count, i);
      }
    }
    return null;
  }

  /** All payments, in the order in which they were put in. */
  static List<Edge> read(byte[] bytes) {
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    int count = count(chunk);
    List<Edge> edges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      edges.add(read(bytes, chunk, count, i));
    }
    return edges;
  }

  private static Edge read(byte[] bytes, ByteBuffer chunk, int count, int i) {
    int ends = HEAD + count * Long.BYTES;
    int begin = i == 0 ? 0 : chunk.getInt(ends + (i - 1) * Integer.BYTES);
    int length = chunk.getInt(ends + i * Integer.BYTES) - begin;
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, tableEnd(count) + begin, length))) {
      return EdgeBytes.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("evidence is damaged", e);
    }
  }
}
