package dev.tidegate.retrain.drift;

import java.nio.ByteBuffer;

/** The first byte of every state: its version. */
final class StateVersion {
  private StateVersion() {}

  /**
   * The bytes after the version.
   *
   * @throws IllegalStateException if a newer program wrote them
   */
  static ByteBuffer expect(byte version, byte[] bytes, String what) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte found = in.get();
    if (found != version) {
      throw new IllegalStateException(
          what
              + " has version "
              + found
              + " where this program knows "
              + version
              + ": run a newer one, or reset the drift monitor's state");
    }
    return in;
  }
}
