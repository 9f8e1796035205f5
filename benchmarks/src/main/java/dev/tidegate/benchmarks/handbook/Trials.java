package dev.tidegate.benchmarks.handbook;

import dev.tidegate.app.terminal.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs trials, a few at a time; each is the same alone or beside others. */
final class Trials {
  /** A trial holds its rows about three times: some 200 MB. */
  private static final int MOST_AT_ONCE = 4;

  private final SplitRows rows;
  private final Progress progress;

  Trials(SplitRows rows, Progress progress) {
    this.rows = rows;
    this.progress = progress;
  }

  /** The figures, in the order of the trials. */
  List<Trial.Figure> run(String step, List<Trial> trials) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors()));
    progress.begin(step, trials.size());
    try {
      List<Future<Trial.Figure>> running = new ArrayList<>();
      for (Trial trial : trials) {
        running.add(threads.submit(() -> trial.run(rows)));
      }
      List<Trial.Figure> figures = new ArrayList<>();
      for (Future<Trial.Figure> trial : running) {
        figures.add(trial.get());
        progress.at(figures.size());
      }
      return figures;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception reason ? reason : e;
    } finally {
      threads.shutdownNow();
      progress.end();
    }
  }
}
