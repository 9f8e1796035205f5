package dev.tidegate.app.stage;

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
 * Keeps one scoring loop running: a loop that ended by a failure is started again when {@link
 * #keepRunning} is called. Thread safe.
 */
public final class Scorer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  // configuration
  private final ScoringSettings settings;
  private final LoadedRelease release;
  private final InstantSource clock;
  private final ScoringMeter meter = new ScoringMeter();

  // runtime
  private ScoringLoop loop;
  private boolean closed;

  /** Starts the first loop. */
  public Scorer(ScoringSettings settings, LoadedRelease release, InstantSource clock) {
    this.settings = settings;
    this.release = release;
    this.clock = clock;
    this.loop = ScoringLoop.start(settings, release, clock, meter);
  }

  /** Starts a loop anew if the last one has failed. */
  public synchronized void keepRunning() {
    if (!closed && !loop.running()) {
      LOG.warn("scoring loop ended, starting another", loop.failure());
      loop = ScoringLoop.start(settings, release, clock, meter);
    }
  }

  /** Ends the loop as a crash would; {@link #keepRunning} starts another. For tests of recovery. */
  public synchronized void kill() {
    loop.kill();
  }

  /** Figures over all loops. */
  public ScoringMetrics metrics() {
    return meter.snapshot();
  }

  /** Shows the figures over all loops in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    meter.bindTo(registry);
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
