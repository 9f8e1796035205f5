package dev.tidegate.app.live;

import dev.tidegate.app.config.CardTokenKey;
import dev.tidegate.app.config.ConsoleAddress;
import dev.tidegate.app.config.ScorerSettings;
import dev.tidegate.app.config.ShownSettings;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.ModelName;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.stage.StageFailed;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.stage.StageNews;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.console.Console;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the whole platform in this process, from the first check to the last part's stop. */
public final class LiveRun {
  private static final long TICK_MS = 500;
  private static final int TICKS_A_LINE = 20;

  // configuration
  private final LiveRequest request;
  private final Terminal terminal;
  private final LiveEvents events;
  private final StopSignal signal;

  private LiveRun(LiveRequest request, Terminal terminal, StopSignal signal) {
    this.request = request;
    this.terminal = terminal;
    this.signal = signal;
    this.events = new LiveEvents(request.run().events(), WallClock.INSTANCE);
  }

  /**
   * Starts the platform and runs it until its time is over or the process is told to stop, be it
   * during the start.
   *
   * @throws dev.tidegate.app.Refused if it cannot start as asked
   * @throws StageFailed if the feed or a job failed for good; all parts are stopped then
   */
  public static void of(LiveRequest request, Terminal terminal) {
    try (StopSignal signal = StopSignal.listen(() -> terminal.say("stopping ..."))) {
      new LiveRun(request, terminal, signal).run();
    }
  }

  private void run() {
    ChosenRelease release = check();
    show(release.release().manifest().release(), lane(release));
    try (LivePlatform live = start(release)) {
      terminal.say("alerts: " + live.url());
      events.started(
          request.feed().text(), release.release().manifest().release(), live.addresses());
      live.whereabouts(release, request.settings().twoPeople()).write(request.data());
      runUntilStopped(live);
    } catch (StartStopped e) {
      logger().info("stopped while it was starting", e);
      events.stopped();
    }
    terminal.say("stopped");
  }

  private LivePlatform start(ChosenRelease release) {
    return LivePlatform.start(
        request,
        release,
        new LivePlatform.Ears(line -> terminal.say("  " + line), terminal::say, events),
        signal);
  }

  /** What can be refused before anything starts. */
  private ChosenRelease check() {
    ConsoleAddress console = request.settings().console();
    Console.requireFreePort(console.host(), console.port());
    CardTokenKey.check(System.getenv(), request.tokenKey());
    return Releases.load(request.model(), request.settings().scoring().device());
  }

  /** Names the AML lane's release, proven; empty for no such lane. */
  private String lane(ChosenRelease payments) {
    ScorerSettings scoring = request.settings().scoring();
    if (scoring.amlRelease().isEmpty()) {
      return "";
    }
    Path folder = Releases.amlFolder(scoring.amlRelease());
    Manifest aml = Releases.loadAml(folder, payments.catalogue(), scoring.device()).manifest();
    ModelName.apart(payments.release().manifest().model(), aml.model());
    return ", AML lane: " + aml.release();
  }

  private void show(String release, String lane) {
    Map<String, String> shown = ShownSettings.of(request.settings().texts(), System.getenv());
    Map<String, String> options = request.options();
    options.put("model", release);
    logger().info("options {}", options);
    logger().info("settings {}", shown);
    events.settings(options, shown);
    terminal.say("release " + release + lane + ", feed: " + request.feed().text());
  }

  private void runUntilStopped(LivePlatform live) {
    try {
      follow(live);
    } catch (StageFailed e) {
      events.failed(e.stage(), e.reason());
      throw e;
    } finally {
      Whereabouts.clear(request.data());
      live.close();
      events.stopped();
    }
  }

  /** Shows progress until the time is over or a stop is asked for. */
  private void follow(LivePlatform live) {
    StageListener news = new StageNews(terminal, events);
    Duration duration = request.run().duration();
    long begunNanos = WallClock.nanos();
    for (long tick = 0; !over(begunNanos, duration); tick++) {
      if (stopAsked()) {
        return;
      }
      live.look(news);
      Pulse.Beat beat = live.pulse().beat();
      String text = beat.text(live.url());
      terminal.status(text);
      if (!terminal.isLive() && tick % TICKS_A_LINE == 0) {
        terminal.say(text);
      }
      events.progress(beat);
    }
    terminal.say(live.pulse().beat().text(live.url()));
    terminal.say("ran for " + Figures.span(Duration.ofNanos(WallClock.nanos() - begunNanos)));
    terminal.say("stopping ...");
  }

  private static boolean over(long begunNanos, @Nullable Duration duration) {
    return duration != null && WallClock.nanos() - begunNanos >= duration.toNanos();
  }

  private boolean stopAsked() {
    try {
      return signal.askedWithin(TICK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Logger logger() {
    return LoggerFactory.getLogger(LiveRun.class);
  }
}
