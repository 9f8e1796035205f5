package dev.tidegate.retrain.train;

/** Told after each boosting round. Called on the training thread; must return quickly. */
@FunctionalInterface
public interface TrainingProgress {
  /** Tells nobody. */
  TrainingProgress SILENT = (stage, done, of, loss) -> {};

  /**
   * A round is done.
   *
   * @param stage {@code "search"} while rounds are counted on the validation tail, {@code "refit"}
   *     on all rows
   * @param done rounds done in this stage
   * @param of rounds at most in this stage; early stopping may end it sooner
   * @param validationLoss logistic loss in nats on the validation tail; NaN in the refit
   */
  void round(String stage, int done, int of, double validationLoss);
}
