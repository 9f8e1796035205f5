package dev.tidegate.features.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, with whole numbers in as few of them as they need (LEB128, zigzag). */
final class VarintOutput {
  /** Eight bytes of an array as a word. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LONGEST = 10;

  private byte[] bytes = new byte[1024];
  private int size;

  void clear() {
    size = 0;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** A number that is small and not negative most of the time; any long can be written. */
  void unsigned(long value) {
    room(LONGEST);
    if (value >>> 56 != 0) {
      byteByByte(value);
      return;
    }
    int length = (Long.SIZE + 6 - Long.numberOfLeadingZeros(value | 1)) / 7;
    long more = 0x0080808080808080L & ((1L << (8 * (length - 1))) - 1);
    WORD.set(bytes, size, spread(value) | more); // what stands beyond the length is written over
    size += length;
  }

  /** Each 7 bits of a number below 2^56 in a byte of their own. */
  private static long spread(long value) {
    long fours = (value & 0x0fffffffL) | ((value << 4) & 0x0fffffff00000000L);
    long pairs = (fours & 0x00003fff00003fffL) | ((fours << 2) & 0x3fff00003fff0000L);
    return (pairs & 0x007f007f007f007fL) | ((pairs << 1) & 0x7f007f007f007f00L);
  }

  private void byteByByte(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A number that is small most of the time. */
  void signed(long value) {
    unsigned((value << 1) ^ (value >> 63));
  }

  /** The low bytes of a number, at most 8. */
  void fixed(long value, int length) {
    room(Long.BYTES);
    WORD.set(bytes, size, value); // what stands beyond the length is written over
    size += length;
  }

  private void room(int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }
}
