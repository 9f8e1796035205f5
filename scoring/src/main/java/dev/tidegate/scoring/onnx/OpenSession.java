package dev.tidegate.scoring.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.ModelException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with one thread, and where it runs.
 *
 * @param session open
 * @param use the device
 */
record OpenSession(OrtSession session, DeviceUse use) {
  /** Each reason is told once a process: members, probes and retries would only repeat it. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final Logger LOG = LoggerFactory.getLogger(OpenSession.class);

  /**
   * Opens a session.
   *
   * @throws ModelException if ONNX Runtime refuses the bytes, or if a GPU is required and missing
   */
  static OpenSession of(byte[] onnx, Device device) {
    if (device == Device.CPU) {
      return onCpu(onnx, DeviceUse.CPU);
    }
    try {
      return onGpu(onnx);
    } catch (OrtException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
      if (device == Device.CUDA_REQUIRED) {
        throw new ModelException("device cuda-required, but CUDA cannot be used: " + reason, e);
      }
      if (TOLD.add(reason)) {
        LOG.warn("device cuda, but CUDA cannot be used, so scoring runs on the CPU: {}", reason);
      }
      return onCpu(onnx, new DeviceUse(false, reason));
    }
  }

  /**
   * The provider may be missing when it is added or, with its libraries, when the session opens.
   * The environment is there before the provider is, which fails where it has nowhere to log.
   */
  private static OpenSession onGpu(byte[] onnx) throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions options = options()) {
      options.addCUDA(0);
      return new OpenSession(environment.createSession(onnx, options), DeviceUse.GPU);
    }
  }

  /** With options of its own: those that a provider failed on are not used again. */
  private static OpenSession onCpu(byte[] onnx, DeviceUse use) {
    try (OrtSession.SessionOptions options = options()) {
      return new OpenSession(OnnxRuntime.environment().createSession(onnx, options), use);
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot open the model: " + e.getMessage(), e);
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    // A spinning worker would take a core from the loop that feeds it.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }
}
