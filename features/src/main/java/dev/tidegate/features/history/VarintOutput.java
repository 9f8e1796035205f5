package dev.tidegate.features.history;

import java.util.Arrays;

/** Bytes that grow, with whole numbers in as few of them as they need (LEB128, zigzag). */
final class VarintOutput {
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
    room(10);
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

  /** The low bytes of a number. */
  void fixed(long value, int length) {
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  private void room(int length) {
    if (size + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
  }
}
