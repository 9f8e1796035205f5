package dev.tidegate.app.stage;

import dev.tidegate.app.config.ScorerSettings.Restart;
import dev.tidegate.scoring.loop.ScoringLoop;
import dev.tidegate.scoring.loop.ScoringMeter;
import dev.tidegate.scoring.loop.ScoringMetrics;
import dev.tidegate.scoring.loop.ScoringSettings;
import dev.tidegate.scoring.release.LoadedRelease;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one scoring loop running: a loop that ended by a failure is started again, after a pause
 * that grows while it keeps failing, by calls of {@link #keepRunning}. Thread safe.
 */
public final class Scorer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  // configuration
  private final ScoringSettings settings;
  private final LoadedRelease release;
  private final InstantSource clock;
  private final ScoringMeter meter = new ScoringMeter();

  // runtime
  private final Backoff backoff;
  private ScoringLoop loop;
  private boolean pausing;
  private boolean closed;

  /** Starts the first loop; the clock stamps decisions and measures pauses. */
  public Scorer(
      ScoringSettings settings, Restart restart, LoadedRelease release, InstantSource clock) {
    this.settings = settings;
    this.release = release;
    this.clock = clock;
    this.backoff = new Backoff(restart.first(), restart.longest());
    this.loop = begin();
  }

  private ScoringLoop begin() {
    backoff.started(clock.millis());
    return ScoringLoop.start(settings, release, clock, meter);
  }

  /** Starts a loop anew if the last one has ended and its pause is over. Never waits. */
  public synchronized void keepRunning(StageListener listener) {
    if (closed || loop.running()) {
      return;
    }
    if (!pausing) {
      pausing = true;
      String reason = FailureReason.of(loop.failure());
      LOG.warn("scoring loop ended: {}", reason, loop.failure());
      listener.restarting(settings.lane().group(), reason, backoff.failed(clock.millis()));
    }
    if (backoff.due(clock.millis())) {
      pausing = false;
      loop = begin();
      listener.running(settings.lane().group());
    }
  }

  /** Ends the loop as a crash would; {@link #keepRunning} starts another. For tests of recovery. */
  public synchronized void kill() {
    loop.kill();
  }

  /** True while a loop runs, false in the pause before the next. */
  public synchronized boolean running() {
    return !closed && loop.running();
  }

  /** Figures over all loops. */
  public ScoringMetrics metrics() {
    return meter.snapshot();
  }

  /** Shows the figures over all loops in a registry from now on, as those of its lane. */
  public void bindTo(MeterRegistry registry) {
    meter.bindTo(registry, settings.lane());
  }

  /** Latencies since this was called last, see {@link ScoringMeter#takeRecentLatency}. */
  public Histogram takeRecentLatency() {
    return meter.takeRecentLatency();
  }

  @Override
  public synchronized void close() {
    closed = true;
    loop.close();
  }
}
