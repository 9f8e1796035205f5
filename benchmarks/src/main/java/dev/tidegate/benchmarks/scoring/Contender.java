package dev.tidegate.benchmarks.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tidegate.scoring.model.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** One way to score rows, on one thread. */
interface Contender extends AutoCloseable {
  /**
   * Scores a batch.
   *
   * @param rows exactly the batch's rows
   * @return probabilities; the array may be used again by the next call
   */
  float[] score(float[] rows, int count) throws OrtException, XGBoostError;

  @Override
  void close();

  /** A backend of the platform. */
  static Contender of(Model model, int batch) {
    float[] scores = new float[batch];
    return new Contender() {
      @Override
      public float[] score(float[] rows, int count) {
        model.score(rows, count, scores);
        return scores;
      }

      @Override
      public void close() {
        model.close();
      }
    };
  }

  /** XGBoost4J's fastest way: prediction in place, without a DMatrix. */
  static Contender of(Booster booster, int width, int batch) {
    float[] scores = new float[batch];
    return new Contender() {
      @Override
      public float[] score(float[] rows, int count) throws XGBoostError {
        float[][] found = booster.inplace_predict(rows, count, width, Float.NaN);
        for (int i = 0; i < count; i++) {
          scores[i] = found[i][0];
        }
        return scores;
      }

      @Override
      public void close() {
        // The booster is the caller's.
      }
    };
  }

  /** A bare session of ONNX Runtime with one thread over direct buffers of exactly this batch. */
  static Contender session(byte[] onnx, int width, int batch) throws OrtException {
    return new RawSession(onnx, width, batch);
  }

  /** ONNX Runtime with nothing around it: the batch is copied in, run, copied out. */
  final class RawSession implements Contender {
    private final OrtSession session;
    private final FloatBuffer in;
    private final FloatBuffer out;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final float[] scores;

    private RawSession(byte[] onnx, int width, int batch) throws OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = environment.createSession(onnx, options);
      }
      in = direct(batch * width);
      out = direct(batch);
      scores = new float[batch];
      inputs =
          Map.of("features", OnnxTensor.createTensor(environment, in, new long[] {batch, width}));
      outputs = Map.of("score", OnnxTensor.createTensor(environment, out, new long[] {batch, 1}));
    }

    private static FloatBuffer direct(int floats) {
      return ByteBuffer.allocateDirect(floats * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    @Override
    public float[] score(float[] rows, int count) throws OrtException {
      in.put(0, rows);
      session.run(inputs, outputs).close();
      out.get(0, scores);
      return scores;
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
