package dev.tidegate.scoring.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tensors over direct buffers that live as long as the model, made when a size first occurs.
 *
 * <p>On a CPU every size has tensors of its own over one shared pair of buffers: no padding. On a
 * GPU sizes are padded to the next power of two, each such bucket with a pair of its own, so that
 * the device sees few shapes and its buffers stay where they are.
 */
final class Batches {
  private final int width;
  private final boolean padded;
  private final FloatBuffer features;
  private final FloatBuffer scored;
  private final @Nullable Batch[] batches;

  Batches(int width, int largest, boolean padded) {
    this.width = width;
    this.padded = padded;
    this.features = direct(padded ? 0 : largest * width);
    this.scored = direct(padded ? 0 : largest);
    this.batches = new Batch[largest + 1];
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Rows of the tensors that take {@code count} rows. */
  int size(int count) {
    return padded ? Integer.highestOneBit(2 * count - 1) : count;
  }

  /** Tensors that take {@code count} rows. */
  Batch of(int count) throws OrtException {
    int size = size(count);
    Batch batch = batches[size];
    if (batch == null) {
      batch =
          padded
              ? new Batch(direct(size * width), direct(size), size, width)
              : new Batch(features.slice(0, size * width), scored.slice(0, size), size, width);
      batches[size] = batch;
    }
    return batch;
  }

  void close() {
    for (Batch batch : batches) {
      if (batch != null) {
        batch.inputs.values().forEach(OnnxTensor::close);
        batch.outputs.values().forEach(OnnxTensor::close);
      }
    }
  }

  /** Input and output of one size. */
  static final class Batch {
    final Map<String, OnnxTensor> inputs;
    final Map<String, OnnxTensor> outputs;
    private final FloatBuffer features;
    private final FloatBuffer scored;
    private final int width;
    private int filled;

    private Batch(FloatBuffer features, FloatBuffer scored, int size, int width)
        throws OrtException {
      OrtEnvironment environment = OnnxRuntime.environment();
      this.features = features;
      this.scored = scored;
      this.width = width;
      this.inputs =
          Map.of(
              OnnxModel.INPUT,
              OnnxTensor.createTensor(environment, features, new long[] {size, width}));
      this.outputs =
          Map.of(
              OnnxModel.OUTPUT, OnnxTensor.createTensor(environment, scored, new long[] {size, 1}));
    }

    /** Copies rows in; what an earlier batch left behind them becomes 0. */
    void fill(float[] rows, int from, int count) {
      features.put(0, rows, from * width, count * width);
      for (int i = count * width; i < filled * width; i++) {
        features.put(i, 0f);
      }
      filled = count;
    }

    /** Copies scores out. */
    void read(float[] scores, int from, int count) {
      scored.get(0, scores, from, count);
    }
  }
}
