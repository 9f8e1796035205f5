package dev.tidegate.scoring.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.tidegate.scoring.model.ModelException;
import java.util.regex.Pattern;

/**
 * PyTorch in this process: started at first use, once, with one thread and no network. Its
 * libraries come from the class path ({@code pytorch-native-cpu} and {@code pytorch-jni}), or from
 * the folder that {@code PYTORCH_LIBRARY_PATH} names; from the class path DJL unpacks them once,
 * some 430 MB, into {@code DJL_CACHE_DIR} (default {@code ~/.djl.ai}). Thread safe.
 */
public final class PyTorch {
  /** DJL's name of the engine. */
  public static final String NAME = "PyTorch";

  private static final Pattern ERROR = Pattern.compile("\\w*Error: ");

  private PyTorch() {}

  /**
   * The engine, started if it was not.
   *
   * @throws ModelException if its libraries are missing or do not load
   */
  public static Engine engine() {
    try {
      return Holder.ENGINE;
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new ModelException("PyTorch cannot start: " + reason(e) + "; " + WAY_OUT, e);
    }
  }

  private static final String WAY_OUT =
      "it needs pytorch-native-cpu and pytorch-jni for this machine on the class path, or"
          + " PYTORCH_LIBRARY_PATH";

  /**
   * Makes this thread run graphs as they are written. PyTorch's profiling executor rewrites a graph
   * after its first runs, and scores could differ in their last bits before and after. The switch
   * is the thread's own.
   */
  static void plainGraphs() {
    JniUtils.setGraphExecutorOptimize(false);
  }

  /**
   * One line of what went wrong at the bottom: of a TorchScript trace the error at its end, of any
   * other message the first line.
   */
  static String reason(Throwable failure) {
    String found = failure.getClass().getSimpleName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && !message.isBlank()) {
        found = line(message);
      }
    }
    return found;
  }

  private static String line(String message) {
    return message
        .lines()
        .filter(line -> ERROR.matcher(line).lookingAt())
        .reduce((first, second) -> second)
        .orElseGet(() -> message.strip().lines().findFirst().orElseThrow());
  }

  /** Started when it is first asked for. */
  private static final class Holder {
    static final Engine ENGINE = start();

    private static Engine start() {
      setDefault("ai.djl.offline", "true");
      setDefault("OPT_OUT_TRACKING", "true");
      setDefault("ai.djl.pytorch.num_threads", "1");
      setDefault("ai.djl.pytorch.num_interop_threads", "1");
      setDefault("ai.djl.pytorch.graph_optimizer", "false");
      Engine engine = Engine.getEngine(NAME);
      if (engine == null) {
        throw new EngineException("DJL has no engine " + NAME);
      }
      return engine;
    }

    private static void setDefault(String key, String value) {
      if (System.getProperty(key) == null) {
        System.setProperty(key, value);
      }
    }
  }
}
