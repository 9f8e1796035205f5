package dev.tidegate.app.alone;

import dev.tidegate.app.stage.StageListener;
import dev.tidegate.console.Console;
import dev.tidegate.console.intake.IntakeState;
import io.micrometer.core.instrument.MeterRegistry;

/** The page. It shows its metrics in the registry that it was started with. */
final class ConsoleStage implements LoneStage {
  private final Console console;

  ConsoleStage(Console console) {
    this.console = console;
  }

  /**
   * Not while the intake retries: another console, with a server that answers, is the better one.
   */
  @Override
  public boolean ready() {
    return console.intake().phase() == IntakeState.Phase.RUNNING;
  }

  @Override
  public void keepRunning(StageListener listener) {
    // looks after itself
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // bound at its start
  }

  @Override
  public String page() {
    return console.url();
  }

  @Override
  public void close() {
    console.close();
  }
}
