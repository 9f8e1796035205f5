package dev.tidegate.retrain.neural;

/**
 * How a network is trained.
 *
 * @param maxEpochs passes over the rows at most
 * @param patience passes without a better validation loss after which the search ends
 * @param batch rows a step
 * @param learningRate of Adam (Kingma and Ba, 2015)
 * @param validation share of the newest rows held out to count passes, (0, 0.5]
 */
public record NeuralParameters(
    int maxEpochs, int patience, int batch, double learningRate, double validation) {
  /** Usual values of the field, not searched for on any data. */
  public static NeuralParameters defaults() {
    return new NeuralParameters(20, 3, 256, 1e-3, 0.2);
  }

  /** Refuses what cannot train. */
  public NeuralParameters {
    if (maxEpochs < 1 || patience < 1 || batch < 1) {
      throw new IllegalArgumentException("epochs, patience and batch must be at least 1");
    }
    if (!(learningRate > 0) || !(validation > 0 && validation <= 0.5)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0 and the validation share in (0, 0.5]");
    }
  }
}
