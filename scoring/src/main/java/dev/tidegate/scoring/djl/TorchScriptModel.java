package dev.tidegate.scoring.djl;

import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A TorchScript file ({@code torch.jit.save}) on the CPU, one thread. Its {@code forward} takes one
 * tensor float32[N, F] and gives one float32[N, 1] or float32[N] of probabilities; a missing
 * feature is NaN.
 *
 * <p>Every run has {@link #RUN} rows, the last one filled up with zeros: PyTorch's kernels add in
 * another order for one row, for two and for many, so that only a fixed shape gives a row the same
 * bits in any company. A run of 32 rows of a perceptron takes 24 us where one row alone takes 19.
 *
 * <p>TorchScript does not say how wide its input is; the first run, at opening, finds out whether
 * it takes rows of the width that is due.
 */
public final class TorchScriptModel implements Model {
  /** Rows of every run. */
  public static final int RUN = 32;

  // configuration
  private final ai.djl.Model model;
  private final DeviceUse use;
  private final int width;

  // runtime
  private final NDManager arrays;
  private final ParameterStore parameters;
  private final float[] block;
  private boolean closed;

  private TorchScriptModel(ai.djl.Model model, int width, DeviceUse use) {
    this.model = model;
    this.width = width;
    this.use = use;
    this.arrays = model.getNDManager();
    this.parameters = new ParameterStore(arrays, false);
    this.block = new float[RUN * width];
  }

  /**
   * Opens a module of its own over a file's bytes.
   *
   * @param width features that a row has
   * @param device a GPU is never used, for the libraries that are carried have none; {@link
   *     #device} says so
   * @throws ModelException if PyTorch cannot start or refuses the bytes, if the module does not map
   *     rows of that width to one score each, or if a GPU is required
   */
  public static TorchScriptModel open(byte[] torchScript, int width, Device device) {
    if (device == Device.CUDA_REQUIRED) {
      throw new ModelException(
          "device cuda-required, but TorchScript models run on the CPU only; export it to ONNX");
    }
    DeviceUse use =
        device == Device.CUDA
            ? new DeviceUse(false, "TorchScript models run on the CPU only")
            : DeviceUse.CPU;
    PyTorch.engine();
    ai.djl.Model opened = ai.djl.Model.newInstance("torchscript", PyTorch.NAME);
    try {
      opened.load(new ByteArrayInputStream(torchScript), Map.of("mapLocation", "true"));
      TorchScriptModel model = new TorchScriptModel(opened, width, use);
      model.run(new float[RUN]);
      return model;
    } catch (IOException | MalformedModelException | EngineException e) {
      opened.close();
      throw new ModelException("PyTorch cannot open the model: " + PyTorch.reason(e), e);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
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
    float[] scored = new float[RUN];
    for (int from = 0; from < count; from += RUN) {
      int size = Math.min(RUN, count - from);
      System.arraycopy(rows, from * width, block, 0, size * width);
      Arrays.fill(block, size * width, block.length, 0);
      run(scored);
      System.arraycopy(scored, 0, scores, from, size);
    }
  }

  /** Scores the rows of the block. */
  private void run(float[] scored) {
    PyTorch.plainGraphs();
    try (NDManager own = arrays.newSubManager()) {
      NDArray rows = own.create(block, new Shape(RUN, width));
      NDList found = model.getBlock().forward(parameters, new NDList(rows), false);
      found.attach(own);
      float[] all = scores(found);
      System.arraycopy(all, 0, scored, 0, RUN);
    } catch (EngineException | IllegalArgumentException e) {
      throw new ModelException(
          "PyTorch failed on rows of " + width + " features: " + PyTorch.reason(e), e);
    }
  }

  private static float[] scores(NDList found) {
    NDArray first = found.isEmpty() ? null : found.get(0);
    Shape column = new Shape(RUN, 1);
    if (first == null
        || found.size() != 1
        || first.getDataType() != DataType.FLOAT32
        || !(first.getShape().equals(column) || first.getShape().equals(new Shape(RUN)))) {
      throw new ModelException(
          "the model gives "
              + (first == null ? "nothing" : first.getDataType() + " " + first.getShape())
              + (found.size() > 1 ? " and more" : "")
              + " for "
              + RUN
              + " rows, where one float32 score a row is due");
    }
    return first.toFloatArray();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      model.close();
    }
  }
}
