package dev.tidegate.scoring.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model on the CPU, one thread. Its input is {@code features} float[N, F], its output
 * {@code score} float[N, 1], a calibrated probability.
 *
 * <p>Rows are copied once, into a direct buffer that lives as long as the model; ONNX Runtime reads
 * it and writes the scores into a second one in place. Tensors are views of these buffers, one pair
 * a batch size, made when a size first occurs: no padding, no allocation in steady state. More than
 * {@link #LARGEST_RUN} rows are scored in runs of that size.
 */
public final class OnnxModel implements Model {
  /** Rows in the largest single run of the session. */
  public static final int LARGEST_RUN = 1024;

  private static final String INPUT = "features";
  private static final String OUTPUT = "score";

  // configuration
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final int width;

  // runtime
  private final FloatBuffer features;
  private final FloatBuffer scored;
  private final @Nullable View[] views = new View[LARGEST_RUN + 1];
  private boolean closed;

  private OnnxModel(OrtEnvironment environment, OrtSession session, int width) {
    this.environment = environment;
    this.session = session;
    this.width = width;
    this.features = direct(LARGEST_RUN * width);
    this.scored = direct(LARGEST_RUN);
  }

  /**
   * Opens a session of its own over a model file's bytes.
   *
   * @throws ModelException if ONNX Runtime refuses the bytes, or if the input or output is not as
   *     described above
   */
  public static OnnxModel open(byte[] onnx) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // A spinning worker would take a core from the loop that feeds it.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return over(environment, environment.createSession(onnx, options));
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot open the model: " + e.getMessage(), e);
    }
  }

  private static OnnxModel over(OrtEnvironment environment, OrtSession session)
      throws OrtException {
    try {
      long[] input = shapeOf(session.getInputInfo(), INPUT);
      long[] output = shapeOf(session.getOutputInfo(), OUTPUT);
      if (input.length != 2 || input[1] < 1 || output.length != 2 || output[1] != 1) {
        throw new ModelException(
            "the model does not map " + INPUT + "[N, F] to " + OUTPUT + "[N, 1]");
      }
      return new OnnxModel(environment, session, Math.toIntExact(input[1]));
    } catch (OrtException | RuntimeException e) {
      session.close();
      throw e;
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

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public int width() {
    return width;
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
    features.put(0, rows, from * width, count * width);
    try {
      View view = view(count);
      session.run(view.inputs, view.outputs).close();
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime failed on " + count + " rows: " + e.getMessage(), e);
    }
    scored.get(0, scores, from, count);
  }

  private View view(int count) throws OrtException {
    View view = views[count];
    if (view == null) {
      view =
          new View(
              OnnxTensor.createTensor(
                  environment, features.slice(0, count * width), new long[] {count, width}),
              OnnxTensor.createTensor(environment, scored.slice(0, count), new long[] {count, 1}));
      views[count] = view;
    }
    return view;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (View view : views) {
      if (view != null) {
        view.close();
      }
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime did not close the model: " + e.getMessage(), e);
    }
  }

  /** Input and output tensors of one batch size over the shared buffers. */
  private static final class View {
    private final OnnxTensor input;
    private final OnnxTensor output;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    private View(OnnxTensor input, OnnxTensor output) {
      this.input = input;
      this.output = output;
      this.inputs = Map.of(INPUT, input);
      this.outputs = Map.of(OUTPUT, output);
    }

    private void close() {
      input.close();
      output.close();
    }
  }
}
