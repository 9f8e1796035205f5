package dev.tidegate.scoring.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import java.util.Map;

/**
 * An ONNX model on the CPU, one thread, or on a CUDA device. Its input is {@code features} float[N,
 * F], its output {@code score} float[N, 1], a calibrated probability.
 *
 * <p>Rows are copied once, into a direct buffer that lives as long as the model; ONNX Runtime reads
 * it and writes the scores into a second one in place: no allocation of buffers in steady state.
 * More than {@link #LARGEST_RUN} rows are scored in runs of that size. {@link Batches} says what is
 * padded.
 */
public final class OnnxModel implements Model {
  /** Rows in the largest single run of the session. */
  public static final int LARGEST_RUN = 1024;

  static final String INPUT = "features";
  static final String OUTPUT = "score";

  // configuration
  private final OrtSession session;
  private final DeviceUse use;
  private final int width;

  // runtime
  private final Batches batches;
  private boolean closed;

  private OnnxModel(OpenSession open, int width, boolean padded) {
    this.session = open.session();
    this.use = open.use();
    this.width = width;
    this.batches = new Batches(width, LARGEST_RUN, padded);
  }

  /**
   * Opens a session of its own over a model file's bytes, on the CPU.
   *
   * @throws ModelException if ONNX Runtime refuses the bytes, or if the input or output is not as
   *     described above
   */
  public static OnnxModel open(byte[] onnx) {
    return open(onnx, Device.CPU);
  }

  /**
   * Opens a session of its own over a model file's bytes.
   *
   * @param device where; {@link #device} says what became of it
   * @throws ModelException as {@link #open(byte[])}, or if a GPU is required and missing
   */
  public static OnnxModel open(byte[] onnx, Device device) {
    OpenSession open = OpenSession.of(onnx, device);
    return over(open, open.use().gpu());
  }

  /** On the CPU, with batches padded as for a GPU. */
  static OnnxModel padded(byte[] onnx) {
    return over(OpenSession.of(onnx, Device.CPU), true);
  }

  private static OnnxModel over(OpenSession open, boolean padded) {
    OrtSession session = open.session();
    try {
      long[] input = shapeOf(session.getInputInfo(), INPUT);
      long[] output = shapeOf(session.getOutputInfo(), OUTPUT);
      if (input.length != 2 || input[1] < 1 || output.length != 2 || output[1] != 1) {
        throw new ModelException(
            "the model does not map " + INPUT + "[N, F] to " + OUTPUT + "[N, 1]");
      }
      return new OnnxModel(open, Math.toIntExact(input[1]), padded);
    } catch (OrtException e) {
      closeQuietly(session);
      throw new ModelException("ONNX Runtime cannot describe the model: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(session);
      throw e;
    }
  }

  private static void closeQuietly(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      // What made it close is thrown instead.
    }
  }

  private static long[] shapeOf(Map<String, NodeInfo> nodes, String name) {
    NodeInfo node = nodes.get(name);
    if (node == null || nodes.size() != 1) {
      throw new ModelException(
          "the model has " + nodes.keySet() + " where only " + name + " is due");
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw new ModelException("the model's " + name + " is not a tensor of float32");
    }
    return tensor.getShape();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public DeviceUse device() {
    return use;
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Model.requireRoom(rows, width, count, scores);
    for (int from = 0; from < count; from += LARGEST_RUN) {
      run(rows, from, Math.min(LARGEST_RUN, count - from), scores);
    }
  }

  private void run(float[] rows, int from, int count, float[] scores) {
    try {
      Batches.Batch batch = batches.of(count);
      batch.fill(rows, from, count);
      session.run(batch.inputs, batch.outputs).close();
      batch.read(scores, from, count);
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime failed on " + count + " rows: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batches.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime did not close the model: " + e.getMessage(), e);
    }
  }
}
