package dev.tidegate.scoring.release;

import dev.tidegate.scoring.djl.TorchScriptModel;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.LightgbmReader;
import dev.tidegate.scoring.forest.XgboostReader;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.onnx.ForestGraph;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.onnx.TreeEnsembleReader;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The format of a release's model file, by its ending, and the backend that serves it. */
enum ModelFormat {
  /** ONNX: trees that can be read by the forest, all else by ONNX Runtime. */
  ONNX(".onnx"),
  /** XGBoost's own JSON, by the forest. */
  XGBOOST(".xgboost.json"),
  /** LightGBM's own text, by the forest. */
  LIGHTGBM(".lightgbm.txt"),
  /** TorchScript, by PyTorch. */
  TORCHSCRIPT(".pt"),
  /** Several of the others, blended. */
  ENSEMBLE(".ensemble.zip");

  private final String ending;

  ModelFormat(String ending) {
    this.ending = ending;
  }

  /**
   * The format of a file.
   *
   * @throws ModelException if no backend reads it
   */
  static ModelFormat of(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.endsWith(format.ending))
        .findFirst()
        .orElseThrow(() -> new ModelException("no backend reads it; known endings: " + endings()));
  }

  private static String endings() {
    return Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(", "));
  }

  /**
   * Reads a model file; each model that is taken from the answer is one more instance.
   *
   * @param width values in a row, for formats that do not say it themselves
   * @param device where it is to run; trees go to a GPU as a tensor graph, and to the forest else
   * @throws ModelException if the bytes are no model that the backend serves, or if a GPU is
   *     required and missing
   */
  Supplier<Model> read(byte[] bytes, int width, Device device) {
    return switch (this) {
      case ONNX -> onnx(bytes, device);
      case XGBOOST -> trees(XgboostReader.read(bytes), device);
      case LIGHTGBM -> trees(LightgbmReader.read(bytes), device);
      case TORCHSCRIPT -> () -> TorchScriptModel.open(bytes, width, device);
      case ENSEMBLE -> EnsembleFile.read(bytes, width, device);
    };
  }

  /** The trees that a file's scores come from; null if it holds none that can be looked into. */
  @Nullable Forest trees(byte[] bytes) {
    return switch (this) {
      case ONNX -> TreeEnsembleReader.read(bytes);
      case XGBOOST -> XgboostReader.read(bytes);
      case LIGHTGBM -> LightgbmReader.read(bytes);
      case TORCHSCRIPT, ENSEMBLE -> null;
    };
  }

  /**
   * Trees have two ways to be scored from one file. The session is opened once even so: a file that
   * ONNX Runtime refuses is broken, whoever serves it.
   */
  private static Supplier<Model> onnx(byte[] bytes, Device device) {
    Forest forest = TreeEnsembleReader.read(bytes);
    if (forest == null) {
      return () -> OnnxModel.open(bytes, device);
    }
    OnnxModel.open(bytes).close();
    return trees(forest, device);
  }

  private static Supplier<Model> trees(Forest forest, Device device) {
    ForestModel.Trees trees = ForestModel.of(forest);
    if (device == Device.CPU) {
      return trees::open;
    }
    if (device == Device.CUDA && forest.depth() > ForestGraph.DEEPEST) {
      DeviceUse deep =
          new DeviceUse(false, "trees of depth " + forest.depth() + " stay on the CPU");
      return () -> trees.open(deep);
    }
    byte[] graph = ForestGraph.write(forest);
    try (OnnxModel probe = OnnxModel.open(graph, device)) {
      DeviceUse use = probe.device();
      return use.gpu() ? () -> OnnxModel.open(graph, device) : () -> trees.open(use);
    }
  }
}
