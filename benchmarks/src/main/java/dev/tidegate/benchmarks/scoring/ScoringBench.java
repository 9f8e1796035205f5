package dev.tidegate.benchmarks.scoring;

import ai.onnxruntime.OrtException;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.retrain.onnx.ForestOnnxWriter;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.forest.XgboostReader;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.onnx.ForestGraph;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.reasons.TreeShap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Ways to score the same trees, one thread each, side by side: in every round every way runs for a
 * slice of time before the next round begins, so that what disturbs the machine disturbs all.
 */
public final class ScoringBench {
  static final String FOREST = "forest";
  static final String ONNX = "onnx backend, TreeEnsemble";
  static final String SESSION = "onnx session alone, TreeEnsemble";
  static final String XGBOOST = "xgboost4j in place";
  static final String GRAPH = "onnx backend, tensor graph";
  static final String GPU = "onnx backend, tensor graph, GPU";
  private static final int POOL = 8192;
  private static final double MICROS = 1e6;
  private static final double MILLIS = 1e3;

  private final Request asked;
  private final Terminal terminal;

  /**
   * What to measure.
   *
   * @param trees number of trees
   * @param depth their largest depth
   * @param features width of a row
   * @param batches rows a call; 1 and 256 must be among them
   * @param slices rounds, the seconds of each way in a round, and the device
   * @param seed of rows and labels
   */
  public record Request(
      int trees, int depth, int features, List<Integer> batches, Slices slices, long seed) {}

  /**
   * How long.
   *
   * @param rounds measured after one that is not
   * @param seconds of each way in a round
   * @param device where the tensor graph is measured besides the CPU
   */
  public record Slices(int rounds, double seconds, Device device) {}

  /** For one run. */
  public ScoringBench(Request asked, Terminal terminal) {
    this.asked = asked;
    this.terminal = terminal;
  }

  /** Grows the trees and measures. */
  public ScoringReport run(Map<String, Object> machine) throws XGBoostError, OrtException {
    terminal.status("growing " + asked.trees() + " trees");
    Booster booster = SampleTrees.grow(asked);
    byte[] json = booster.toByteArray("json");
    Forest forest = XgboostReader.read(json);
    byte[] onnx = ForestOnnxWriter.write(forest);
    byte[] graph = ForestGraph.write(forest);
    DeviceUse use = device(graph);
    List<ScoringReport.Timing> timings = new ArrayList<>();
    Map<String, Double> differences = new TreeMap<>();
    for (int batch : asked.batches()) {
      terminal.status("batches of " + batch);
      Map<String, Contender> ways = new LinkedHashMap<>();
      ways.put(FOREST, Contender.of(ForestModel.of(forest).open(), batch));
      ways.put(ONNX, Contender.of(OnnxModel.open(onnx), batch));
      ways.put(SESSION, Contender.session(onnx, asked.features(), batch));
      ways.put(XGBOOST, Contender.of(booster, asked.features(), batch));
      ways.put(GRAPH, Contender.of(OnnxModel.open(graph), batch));
      if (use.gpu()) {
        ways.put(GPU, Contender.of(OnnxModel.open(graph, asked.slices().device()), batch));
      }
      compare(ways, batch, differences);
      timings.addAll(new Rounds(ways, batch).run());
      ways.values().forEach(Contender::close);
    }
    booster.dispose();
    double reasons = reasonsMillis(forest);
    return report(machine, settings(forest), timings, differences, use, reasons);
  }

  private DeviceUse device(byte[] graph) {
    try (OnnxModel probe = OnnxModel.open(graph, asked.slices().device())) {
      return probe.device();
    }
  }

  /** Exact reasons of one row after another, for as long as all rounds of one way take. */
  private double reasonsMillis(Forest forest) {
    terminal.status("reasons");
    TreeShap shap = new TreeShap(forest);
    float[] rows = SampleTrees.rows(asked.features(), 64, asked.seed() + 9);
    Stopwatch watch = new Stopwatch();
    long warm = 0;
    long count = 0;
    double limit = asked.slices().seconds() * asked.slices().rounds();
    double begun = 0;
    for (double now = 0; now < 2 * limit; now = watch.seconds()) {
      int from = (int) (count % 64) * asked.features();
      shap.contributions(Arrays.copyOfRange(rows, from, from + asked.features()));
      count++;
      if (now < limit) {
        warm = count;
        begun = watch.seconds();
      }
    }
    return (watch.seconds() - begun) * MILLIS / Math.max(1, count - warm);
  }

  private Map<String, Object> settings(Forest forest) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("trees", asked.trees());
    settings.put("depth", asked.depth());
    settings.put("features", asked.features());
    settings.put("rounds", asked.slices().rounds());
    settings.put("secondsARound", asked.slices().seconds());
    settings.put("seed", asked.seed());
    settings.put(
        "leavesATree",
        forest.trees().stream().mapToInt(tree -> (tree.nodes() + 1) / 2).average().orElse(0));
    return settings;
  }

  private void compare(Map<String, Contender> ways, int batch, Map<String, Double> differences)
      throws XGBoostError, OrtException {
    float[] rows = SampleTrees.rows(asked.features(), batch, asked.seed() + 7);
    Map<String, float[]> scores = new LinkedHashMap<>();
    for (Map.Entry<String, Contender> way : ways.entrySet()) {
      scores.put(way.getKey(), way.getValue().score(rows, batch).clone());
    }
    float[] ours = scores.getOrDefault(FOREST, new float[batch]);
    scores.forEach(
        (way, theirs) -> {
          for (int i = 0; i < batch; i++) {
            differences.merge(way, (double) Math.abs(theirs[i] - ours[i]), Math::max);
          }
        });
  }

  private static ScoringReport report(
      Map<String, Object> machine,
      Map<String, Object> settings,
      List<ScoringReport.Timing> timings,
      Map<String, Double> differences,
      DeviceUse use,
      double reasonsMillis) {
    Map<Integer, Double> overhead = new TreeMap<>();
    for (ScoringReport.Timing timing : timings) {
      if (timing.way().equals(ONNX)) {
        overhead.put(timing.batch(), ratio(timings, SESSION, ONNX, timing.batch()));
      }
    }
    return new ScoringReport(
        machine,
        settings,
        timings,
        ratio(timings, SESSION, FOREST, 1),
        ratio(timings, SESSION, FOREST, 256),
        ratio(timings, XGBOOST, FOREST, 1),
        ratio(timings, XGBOOST, FOREST, 256),
        overhead,
        differences,
        reasonsMillis,
        gpu(timings, use));
  }

  private static String gpu(List<ScoringReport.Timing> timings, DeviceUse use) {
    if (!use.gpu()) {
      return use.missing() == null ? "not measured" : "not measured: " + use.missing();
    }
    return timings.stream()
        .filter(timing -> timing.way().equals(GPU))
        .filter(timing -> ratio(timings, FOREST, GPU, timing.batch()) > 1)
        .map(timing -> "faster than the forest from batches of " + timing.batch())
        .findFirst()
        .orElse("slower than the forest at every batch");
  }

  private static double ratio(
      List<ScoringReport.Timing> timings, String theirs, String ours, int batch) {
    return micros(timings, theirs, batch) / micros(timings, ours, batch);
  }

  private static double micros(List<ScoringReport.Timing> timings, String way, int batch) {
    return timings.stream()
        .filter(timing -> timing.way().equals(way) && timing.batch() == batch)
        .mapToDouble(ScoringReport.Timing::microsARow)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** All ways at one batch, round by round. */
  private final class Rounds {
    private final Map<String, Contender> ways;
    private final int batch;
    private final float[][] batches;

    private Rounds(Map<String, Contender> ways, int batch) {
      this.ways = ways;
      this.batch = batch;
      this.batches = new float[Math.max(1, POOL / batch)][];
      for (int i = 0; i < batches.length; i++) {
        batches[i] = SampleTrees.rows(asked.features(), batch, asked.seed() + 100 + i);
      }
    }

    private List<ScoringReport.Timing> run() throws XGBoostError, OrtException {
      Map<String, double[]> micros = new LinkedHashMap<>();
      ways.keySet().forEach(way -> micros.put(way, new double[asked.slices().rounds()]));
      for (int round = -1; round < asked.slices().rounds(); round++) {
        for (Map.Entry<String, Contender> way : ways.entrySet()) {
          double found = slice(way.getValue());
          double[] kept = micros.get(way.getKey());
          if (round >= 0 && kept != null) {
            kept[round] = found;
          }
        }
      }
      List<ScoringReport.Timing> timings = new ArrayList<>();
      micros.forEach((way, found) -> timings.add(timing(way, found)));
      return timings;
    }

    private ScoringReport.Timing timing(String way, double[] found) {
      Arrays.sort(found);
      return new ScoringReport.Timing(
          way, batch, found[found.length / 2], found[0], found[found.length - 1]);
    }

    private double slice(Contender way) throws XGBoostError, OrtException {
      Stopwatch watch = new Stopwatch();
      long calls = 0;
      double seconds = 0;
      while (seconds < asked.slices().seconds()) {
        way.score(batches[(int) (calls % batches.length)], batch);
        calls++;
        seconds = watch.seconds();
      }
      return seconds * MICROS / (calls * batch);
    }
  }
}
