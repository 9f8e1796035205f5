package dev.tidegate.scoring.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * ONNX Runtime in this process, started at first use. While it starts, version 1.29 matches the
 * process's whole command line against a regular expression that recurses a frame a character:
 * beyond some 3,000 characters, which a class path may have, that overflows the usual stack of 1 MB
 * and kills the process. So it starts on a thread with room for the longest command line that Linux
 * allows; memory that is not touched costs nothing.
 */
final class OnnxRuntime {
  private static final long STACK_BYTES = 1L << 30;

  private OnnxRuntime() {}

  /** The one environment. */
  static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  /** Started when it is first asked for. */
  private static final class Holder {
    static final OrtEnvironment ENVIRONMENT = start();

    private static OrtEnvironment start() {
      return CompletableFuture.supplyAsync(
              OrtEnvironment::getEnvironment,
              task -> new Thread(null, task, "onnx-runtime-start", STACK_BYTES).start())
          .join();
    }
  }
}
