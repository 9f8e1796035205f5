package dev.tidegate.benchmarks.scoring;

import java.util.List;
import java.util.Map;

/**
 * All that a run of {@code bench scoring} found; what {@code --json} writes. Ratios are times of
 * the other over ours: above 1 ours is faster.
 *
 * @param machine where and when
 * @param settings sizes that were asked for, and what the trees became
 * @param timings each way at each batch
 * @param forestVsOnnxBatch1 ONNX Runtime's TreeEnsemble over the forest, rows one by one
 * @param forestVsOnnxBatch256 the same in batches of 256
 * @param forestVsXgboostBatch1 XGBoost4J's prediction in place over the forest, one by one
 * @param forestVsXgboostBatch256 the same in batches of 256
 * @param onnxVsRawSession the bare session over our ONNX backend, by batch; 1 is no overhead
 * @param largestDifference of any score from the forest's, by way
 * @param reasonsMillis exact reasons of one row, milliseconds
 * @param gpu what a GPU gave, or why it was not measured
 */
public record ScoringReport(
    Map<String, Object> machine,
    Map<String, Object> settings,
    List<Timing> timings,
    double forestVsOnnxBatch1,
    double forestVsOnnxBatch256,
    double forestVsXgboostBatch1,
    double forestVsXgboostBatch256,
    Map<Integer, Double> onnxVsRawSession,
    Map<String, Double> largestDifference,
    double reasonsMillis,
    String gpu) {
  /**
   * One way at one batch.
   *
   * @param way which
   * @param batch rows a call
   * @param microsARow median over the rounds
   * @param fastest and
   * @param slowest round
   */
  public record Timing(String way, int batch, double microsARow, double fastest, double slowest) {}
}
