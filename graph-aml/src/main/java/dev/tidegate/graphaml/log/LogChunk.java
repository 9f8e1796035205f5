package dev.tidegate.graphaml.log;

import dev.tidegate.graphaml.temporal.Payment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Payments in the order in which a graph took them. As bytes: version, newest time of the graph
 * before them, codes of the currencies, then 42 bytes a payment: id, source, target, time, amount,
 * place of the currency, whether it joined components.
 */
final class LogChunk {
  static final int VERSION = 1;

  /** Payments of a full chunk: 11 KiB. */
  static final int FULL = 256;

  private final long newestBeforeMs;
  private final List<String> currencies;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One payment.
   *
   * @param payment its currency is a place in the chunk's list
   * @param joined whether it joined components
   */
  record Entry(Payment payment, boolean joined) {}

  LogChunk(long newestBeforeMs, List<String> currencies) {
    this.newestBeforeMs = newestBeforeMs;
    this.currencies = List.copyOf(currencies);
  }

  long newestBeforeMs() {
    return newestBeforeMs;
  }

  List<String> currencies() {
    return currencies;
  }

  List<Entry> entries() {
    return entries;
  }

  void add(Payment payment, boolean joined) {
    entries.add(new Entry(payment, joined));
  }

  boolean full() {
    return entries.size() >= FULL;
  }

  /** The largest time of its payments and of what came before them. */
  long newestMs() {
    long newest = newestBeforeMs;
    for (Entry entry : entries) {
      newest = Math.max(newest, entry.payment().timeMs());
    }
    return newest;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 42 * entries.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(newestBeforeMs);
      out.writeShort(currencies.size());
      for (String code : currencies) {
        out.writeUTF(code);
      }
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        write(entry, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes any bytes", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Entry entry, DataOutputStream out) throws IOException {
    Payment payment = entry.payment();
    out.writeLong(payment.id());
    out.writeLong(payment.source());
    out.writeLong(payment.target());
    out.writeLong(payment.timeMs());
    out.writeLong(payment.amountMinor());
    out.writeByte(payment.currency());
    out.writeBoolean(entry.joined());
  }

  /** Reads what {@link #bytes} of this version or an older one wrote. */
  static LogChunk read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException(
            "the graph's log has version " + version + ", this program reads " + VERSION);
      }
      long newestBeforeMs = in.readLong();
      List<String> codes = new ArrayList<>();
      for (int left = in.readShort(); left > 0; left--) {
        codes.add(in.readUTF());
      }
      LogChunk chunk = new LogChunk(newestBeforeMs, codes);
      for (int left = in.readInt(); left > 0; left--) {
        Payment payment =
            new Payment(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readUnsignedByte());
        chunk.add(payment, in.readBoolean());
      }
      return chunk;
    } catch (IOException e) {
      throw new UncheckedIOException("the graph's log is damaged", e);
    }
  }
}
