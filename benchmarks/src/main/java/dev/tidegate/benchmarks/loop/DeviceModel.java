package dev.tidegate.benchmarks.loop;

import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Model;
import java.util.concurrent.locks.LockSupport;

/**
 * A model made slow as a device makes one: each row waits a while more, without the processor.
 * Answers what the model answers.
 */
final class DeviceModel implements Model {
  /** What a row waits. */
  static final long NANOS_PER_ROW = 20_000;

  private final Model model;

  /** Over a model that this one owns. */
  DeviceModel(Model model) {
    this.model = model;
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    long until = WallClock.nanos() + count * NANOS_PER_ROW;
    model.score(rows, count, scores);
    for (long left = until - WallClock.nanos(); left > 0; left = until - WallClock.nanos()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
