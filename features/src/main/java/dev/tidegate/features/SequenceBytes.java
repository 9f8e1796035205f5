package dev.tidegate.features;

import java.nio.ByteBuffer;

/** The numbers of a sequence as bytes between tasks: floats, big-endian, one after the other. */
final class SequenceBytes {
  static final byte[] NONE = {};

  private SequenceBytes() {}

  static byte[] of(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  static float[] read(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
