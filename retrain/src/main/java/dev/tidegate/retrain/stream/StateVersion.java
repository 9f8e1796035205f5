package dev.tidegate.retrain.stream;

import java.nio.ByteBuffer;

/** The first byte of every state: its version. */
public final class StateVersion {
  private StateVersion() {}

  /**
   * The bytes after the version.
   *
   * @throws IllegalStateException if a newer program wrote them
   */
  public static ByteBuffer expect(byte version, byte[] bytes, String what) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    expect(version, in, what);
    return in;
  }

  /**
   * The same for what stands within other bytes; they are read on after it.
   *
   * @throws IllegalStateException if a newer program wrote them
   */
  public static void expect(byte version, ByteBuffer in, String what) {
    byte found = in.get();
    if (found != version) {
      throw new IllegalStateException(
          what
              + " has version "
              + found
              + " where this program knows "
              + version
              + ": run a newer one, or reset its state");
    }
  }
}
