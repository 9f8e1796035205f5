package dev.tidegate.console.status;

import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.store.AlertQueries;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Works out how things stand, at most once in a while however many pages ask. Thread safe. */
public final class StandingBoard implements Supplier<Standing> {
  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

  // configuration
  private final AlertQueries queries;
  private final Supplier<IntakeState> intake;
  private final @Nullable Supplier<PlatformStatus> platform;
  private final InstantSource clock;

  // runtime
  private @Nullable Standing last;
  private long lastNanos;

  /**
   * A board.
   *
   * @param platform what the platform reports; null if nobody reports
   * @param clock tells which day is today, in UTC
   */
  public StandingBoard(
      AlertQueries queries,
      Supplier<IntakeState> intake,
      @Nullable Supplier<PlatformStatus> platform,
      InstantSource clock) {
    this.queries = queries;
    this.intake = intake;
    this.platform = platform;
    this.clock = clock;
  }

  /**
   * How things stand, at most half a second old.
   *
   * @throws dev.tidegate.console.store.StoreException if the database failed
   */
  @Override
  public synchronized Standing get() {
    long nanos = WallClock.nanos();
    Standing known = last;
    if (known != null && nanos - lastNanos < FRESH_NANOS) {
      return known;
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Standing standing =
        new Standing(queries.counts(today), intake.get(), platform == null ? null : platform.get());
    last = standing;
    lastNanos = nanos;
    return standing;
  }

  /** What the intake does at the moment. */
  public IntakeState intake() {
    return intake.get();
  }

  /** Forgets what is known, so that the next question is answered afresh. */
  public synchronized void refresh() {
    last = null;
  }
}
