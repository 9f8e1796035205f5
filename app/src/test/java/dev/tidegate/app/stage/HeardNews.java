package dev.tidegate.app.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told. */
final class HeardNews implements StageListener {
  final List<String> lines = new ArrayList<>();

  @Override
  public void restarting(String stage, String reason, Duration pause) {
    lines.add(stage + " restarting after " + pause.toMillis() + " ms: " + reason);
  }

  @Override
  public void running(String stage) {
    lines.add(stage + " running");
  }
}
