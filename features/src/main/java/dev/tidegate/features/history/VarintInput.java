package dev.tidegate.features.history;

/** Reads what {@link VarintOutput} wrote. */
final class VarintInput {
  private final byte[] bytes;
  private int at;

  VarintInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A number of up to 10 bytes; those of up to 8 are put together without a branch a byte. */
  long unsigned() {
    if (at + Long.BYTES <= bytes.length) {
      long word = (long) VarintOutput.WORD.get(bytes, at);
      long ends = ~word & 0x8080808080808080L;
      if (ends != 0) {
        at += (Long.numberOfTrailingZeros(ends) >>> 3) + 1;
        return packed(word & (ends ^ (ends - 1)));
      }
    }
    return byteByByte();
  }

  /** The low 7 bits of each byte, side by side. */
  private static long packed(long word) {
    long pairs = (word & 0x007f007f007f007fL) | ((word & 0x7f007f007f007f00L) >>> 1);
    long fours = (pairs & 0x00003fff00003fffL) | ((pairs & 0x3fff00003fff0000L) >>> 2);
    return (fours & 0x0fffffffL) | ((fours & 0x0fffffff00000000L) >>> 4);
  }

  private long byteByByte() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("history bytes hold a number that does not end: damaged");
  }

  int count() {
    return Math.toIntExact(unsigned());
  }

  long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of so many low bytes, at most 8. */
  long fixed(int length) {
    if (at + Long.BYTES <= bytes.length) {
      long word = (long) VarintOutput.WORD.get(bytes, at);
      at += length;
      return length == Long.BYTES ? word : word & ((1L << (8 * length)) - 1);
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (next() & 0xffL) << (8 * i);
    }
    return value;
  }

  private byte next() {
    if (at == bytes.length) {
      throw new IllegalStateException("history bytes end too early: damaged");
    }
    return bytes[at++];
  }
}
