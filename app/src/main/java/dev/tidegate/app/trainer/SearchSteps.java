package dev.tidegate.app.trainer;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.retrain.train.TrainingProgress;

/** Rounds of a search on the terminal: a step a candidate, and one for what is grown at last. */
final class SearchSteps implements TrainingProgress {
  private static final String SEARCH = "search";

  private final Terminal terminal;
  private int last;
  private String stage = "";
  private int candidate;

  SearchSteps(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void round(String name, int done, int of, double validationLoss) {
    if (!name.equals(stage) || done <= last) {
      end();
      stage = name;
      terminal.begin(
          name.equals(SEARCH) ? "trying candidate " + ++candidate : "training on all", of);
    }
    last = done;
    terminal.at(done);
  }

  void end() {
    if (!stage.isEmpty()) {
      terminal.end();
      stage = "";
      last = 0;
    }
  }
}
