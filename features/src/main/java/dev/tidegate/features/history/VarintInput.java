package dev.tidegate.features.history;

/** Reads what {@link VarintOutput} wrote. */
final class VarintInput {
  private final byte[] bytes;
  private int at;

  VarintInput(byte[] bytes) {
    this.bytes = bytes;
  }

  long unsigned() {
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

  long fixed(int length) {
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
