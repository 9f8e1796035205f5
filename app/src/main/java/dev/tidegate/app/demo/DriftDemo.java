package dev.tidegate.app.demo;

import dev.tidegate.app.Refused;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.live.Feed;
import dev.tidegate.app.live.LivePlatform;
import dev.tidegate.app.live.LiveRequest;
import dev.tidegate.app.live.StartStopped;
import dev.tidegate.app.live.StopSignal;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Spans;
import dev.tidegate.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;

/**
 * The loop from drift to a new champion, run before one's eyes: a first champion is trained, the
 * platform starts as {@code up} starts it, and the simulated bank changes twice. Each step is seen
 * on the topics before the next one begins; one that does not come true ends the demonstration.
 */
public final class DriftDemo {
  /** Says that a stop was asked for. */
  static final String ENDED = "the demonstration was ended by hand";

  private final DriftRequest request;
  private final Terminal terminal;

  private DriftDemo(DriftRequest request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /**
   * What to show.
   *
   * @param data data directory; what an earlier platform left there is refused
   * @param plan size and course
   * @param promotes who promotes the new champion
   * @param approves somebody else, who approves it
   * @param port of the page; 0 for any free one
   */
  public record DriftRequest(
      Path data, DriftPlan plan, String promotes, String approves, int port) {}

  /**
   * Runs it.
   *
   * @return names of the steps that came true, in their order
   * @throws Refused if it cannot start as asked
   * @throws DemoFailed if a step did not come true
   */
  public static List<String> run(DriftRequest request, Terminal terminal) throws Exception {
    return new DriftDemo(request, terminal).run();
  }

  private List<String> run() throws Exception {
    Story story = new Story(terminal);
    DriftPlan plan = request.plan();
    story.begin("A first champion learns from " + plan.historyDays() + " days of a bank");
    ChosenRelease first = DriftChampion.train(plan, request.data(), terminal);
    story.came(
        "first champion",
        first.release().manifest().release()
            + ", trained on "
            + Figures.count(first.release().manifest().training().rows())
            + " payments, "
            + first.release().manifest().training().positives()
            + " of them fraud");
    story.begin(
        "The platform starts: broker, registry, database, jobs, scorer, monitors, launcher");
    Settings settings = settings();
    Feed feed = Feed.simulated(plan.bank(), DriftChampion.profile());
    LiveRequest live =
        new LiveRequest(request.data(), feed, null, new LiveRequest.Run(0, null, null), settings);
    try (StopSignal signal = StopSignal.listen(() -> story.tell("stopping ..."))) {
      live(live, first, story, signal);
    }
    return story.rows().stream().map(Story.Row::name).toList();
  }

  private void live(LiveRequest live, ChosenRelease first, Story story, StopSignal signal)
      throws Exception {
    try (LivePlatform platform =
        LivePlatform.start(
            live, first, story::tell, line -> story.tell("trial: " + line), signal)) {
      Whereabouts where = platform.whereabouts(first, live.settings().twoPeople());
      where.write(request.data());
      story.tell("alerts: " + platform.url());
      try (Seen seen = new Seen(request.plan(), where.kafka(), where.schemas())) {
        DriftWatch watch = new DriftWatch(platform, seen, story, request.plan(), signal);
        new DriftSteps(watch, first, where, request).play();
      }
      story.table();
      story.tell("the whole loop took " + Figures.span(story.elapsed()));
      story.tell("stopping ...");
    } catch (StartStopped e) {
      throw new DemoFailed(ENDED);
    } finally {
      Whereabouts.clear(request.data());
    }
  }

  /** The settings that ship, but for sizes that fit a bank of some hundred customers. */
  private Settings settings() {
    DriftPlan plan = request.plan();
    return Settings.of(
        Configuration.load(null)
            .with("console.port", Integer.toString(request.port()))
            // The bank lives days in seconds: partitions may be days apart in its time.
            .with("features.allowed-drift", "6h")
            .with("graph-aml.allowed-drift", "6h")
            .with("features.check.interval", "0s")
            .with("history.enabled", "false")
            .with("ingest.max-in-flight", "1500")
            .with("retrain.label-delay", Spans.text(DriftPlan.LABEL_DELAY))
            .with("retrain.payments-a-second", "1")
            // Scores that move are shown; here outcomes alone are to cause a training.
            .with("retrain.persistence", "1000")
            .with("retrain.cooldown", Spans.text(plan.pace().cooldown()))
            .with("retrain.candidates", Integer.toString(plan.pace().candidates()))
            .with("models.shadow-decisions", Integer.toString(plan.trial().shadow()))
            .with("models.canary-percent", Integer.toString(plan.trial().canaryPercent()))
            .with("models.canary-decisions", Integer.toString(plan.trial().canary())));
  }
}
