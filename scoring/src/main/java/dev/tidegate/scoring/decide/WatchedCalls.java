package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls by a thread of the model's own, so that the loop can do other work meanwhile and wait no
 * longer than a limit (time-outs: Nygard, "Release It!", 2007). A call over its limit is left
 * behind with its thread and its instance of the model, which nobody else touches. When it comes
 * back it serves again; until then {@link #retry} opens another instance, on another thread, which
 * serves once it has answered the probe. At most {@value #MOST_AWAITED} threads are waited for at a
 * time; with that many, no further one is started.
 */
final class WatchedCalls implements ModelCalls {
  static final int MOST_AWAITED = 3;
  private static final Duration FOREVER = Duration.ofDays(365);

  // configuration
  private final String name;
  private final Supplier<Model> models;
  private final float[] probe;
  private final Duration limit;
  private final int width;
  private final DeviceUse device;
  private final List<String> members;

  // runtime
  private final List<ModelThread> awaited = new ArrayList<>();
  private @Nullable ModelThread serving;
  private long startedNanos;

  /**
   * Opens the first instance, on the calling thread, and asks it once about the probe: the first
   * call is the slowest.
   *
   * @param name of the threads
   * @param models opens an instance
   * @param probe rows that a sound model answers
   * @param limit of a call; zero for none
   */
  WatchedCalls(String name, Supplier<Model> models, float[] probe, Duration limit) {
    this.name = name;
    this.models = models;
    this.probe = probe;
    this.limit = limit.isZero() ? FOREVER : limit;
    Model first = models.get();
    first.score(probe);
    this.width = first.width();
    this.device = first.device();
    this.members = first.members();
    this.serving = ModelThread.of(first, name);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public List<String> members() {
    return members;
  }

  @Override
  public DeviceUse device() {
    return device;
  }

  @Override
  public boolean ready() {
    if (serving == null) {
      List.copyOf(awaited).stream().filter(ModelThread::back).forEach(this::welcome);
    }
    return serving != null;
  }

  /** One serves, a further one is not needed. */
  private void welcome(ModelThread back) {
    awaited.remove(back);
    if (serving == null && back.sound()) {
      serving = back;
    } else {
      back.close();
    }
  }

  @Override
  public void retry() {
    if (awaited.size() < MOST_AWAITED) {
      awaited.add(ModelThread.opening(models, probe, name));
    }
  }

  @Override
  public void start(RowBatch batch, int count) {
    if (serving == null) {
      throw new IllegalStateException("no instance of the model is ready");
    }
    startedNanos = WallClock.nanos();
    serving.start(batch, count);
  }

  @Override
  public boolean finish() {
    ModelThread asked = serving;
    if (asked == null) {
      throw new IllegalStateException("no call was started");
    }
    Duration left = limit.minusNanos(WallClock.nanos() - startedNanos);
    if (asked.await(left.isNegative() ? Duration.ZERO : left)) {
      return true;
    }
    awaited.add(asked);
    serving = null;
    return false;
  }

  @Override
  public int hung() {
    return (int) awaited.stream().filter(one -> !one.back()).count();
  }

  @Override
  public void close() {
    if (serving != null) {
      serving.close();
    }
    awaited.forEach(ModelThread::close);
    awaited.clear();
  }
}
