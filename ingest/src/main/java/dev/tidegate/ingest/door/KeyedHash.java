package dev.tidegate.ingest.door;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * SipHash-1-3 with 128-bit output over 64-bit words (Aumasson and Bernstein, SipHash: a fast
 * short-input PRF, 2012). Keyed, so that nobody can prepare ids that collide. Texts go in as their
 * length and their characters, four a word. Not thread safe.
 */
final class KeyedHash {
  private final long k0;
  private final long k1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;

  KeyedHash(TokenKey key) {
    ByteBuffer secret =
        ByteBuffer.wrap(key.mac().doFinal("tidegate ids".getBytes(StandardCharsets.US_ASCII)));
    k0 = secret.getLong();
    k1 = secret.getLong();
  }

  void start() {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
  }

  void add(long word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  void add(@Nullable String text) {
    if (text == null) {
      add(-1L);
      return;
    }
    int length = text.length();
    add(length);
    int i = 0;
    while (i < length) {
      long word = 0;
      int end = Math.min(i + 4, length);
      for (; i < end; i++) {
        word = word << 16 | text.charAt(i);
      }
      add(word);
    }
  }

  /** The first half of the hash; ends the input. */
  long first() {
    v2 ^= 0xee;
    finish();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  /** The second half, after the first. */
  long second() {
    v1 ^= 0xdd;
    finish();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void finish() {
    round();
    round();
    round();
  }

  private void round() {
    v0 += v1;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v3;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 += v3;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 += v1;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v2 = Long.rotateLeft(v2, 32);
  }
}
