package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.DecisionMaker;
import dev.tidegate.scoring.decide.Verdict;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A batch between its start and its publication. Belongs to the loop's thread. */
final class Flight {
  private final Intake intake;
  private final long startedNanos = WallClock.nanos();
  private @Nullable List<Verdict> verdicts;
  private long modelNanos = -1;

  private Flight(Intake intake) {
    this.intake = intake;
  }

  /** Has a batch's models begin. */
  static Flight start(Intake intake, DecisionMaker maker, InstantSource clock) {
    Flight started = new Flight(intake);
    maker.start(intake.vectors(), clock.millis());
    return started;
  }

  /** Waits for the verdicts, the first time. */
  List<Verdict> finish(DecisionMaker maker, InstantSource clock) {
    List<Verdict> there = verdicts;
    if (there == null) {
      there = maker.finish(clock.millis());
      verdicts = there;
      modelNanos = maker.modelNanos();
    }
    return there;
  }

  Intake intake() {
    return intake;
  }

  /** Microseconds that the champion's model took; negative if it was not asked. */
  long modelMicros() {
    return modelNanos < 0 ? modelNanos : TimeUnit.NANOSECONDS.toMicros(modelNanos);
  }

  /** Microseconds since the start. */
  long micros() {
    return TimeUnit.NANOSECONDS.toMicros(WallClock.nanos() - startedNanos);
  }
}
