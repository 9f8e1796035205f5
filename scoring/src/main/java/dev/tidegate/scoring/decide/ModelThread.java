package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.model.Model;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a model with the one thread that calls it. All methods are for one other thread,
 * which waits for calls as long as it likes and is never held longer.
 */
final class ModelThread implements AutoCloseable {
  private final ExecutorService executor;
  private @Nullable Model model;
  private Future<?> call = CompletableFuture.completedFuture(null);

  private ModelThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true); // one that hangs must not hold the process
              return thread;
            });
  }

  /** Of a model that is open. */
  static ModelThread of(Model model, String name) {
    ModelThread thread = new ModelThread(name);
    thread.model = model;
    return thread;
  }

  /** Of a model that the thread opens, and asks once about some rows. */
  static ModelThread opening(Supplier<Model> models, float[] probe, String name) {
    ModelThread thread = new ModelThread(name);
    thread.call = thread.executor.submit(() -> thread.open(models.get(), probe));
    return thread;
  }

  private void open(Model opened, float[] probe) {
    model = opened;
    opened.score(probe);
  }

  /** Starts a call. */
  void start(RowBatch batch, int count) {
    Model opened = model;
    if (opened == null) {
      throw new IllegalStateException("the model is not open");
    }
    call = executor.submit(() -> batch.run(opened, count));
  }

  /**
   * Waits for the call.
   *
   * @return false if it has not come back in time
   * @throws Error that the model threw
   */
  boolean await(Duration limit) {
    try {
      call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("a model's thread failed", e.getCause());
    }
  }

  /** True once the call, or the opening, has come back. */
  boolean back() {
    return call.isDone();
  }

  /** After {@link #back}: true if the model answers. */
  boolean sound() {
    try {
      return await(Duration.ZERO);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** The model is closed by its own thread, when its call has come back. */
  @Override
  public void close() {
    executor.execute(
        () -> {
          if (model != null) {
            model.close();
          }
        });
    executor.shutdown();
  }
}
