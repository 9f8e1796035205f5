package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import java.util.List;

/** Calls by the loop's own thread, without a limit: a model that hangs stops the loop. */
final class DirectCalls implements ModelCalls {
  private final Model model;

  /** Of a model opened for the loop's thread. */
  DirectCalls(Model model) {
    this.model = model;
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public List<String> members() {
    return model.members();
  }

  @Override
  public DeviceUse device() {
    return model.device();
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void retry() {}

  @Override
  public void start(RowBatch batch, int count) {
    batch.run(model, count);
  }

  @Override
  public boolean finish() {
    return true;
  }

  @Override
  public int hung() {
    return 0;
  }

  @Override
  public void close() {
    model.close();
  }
}
