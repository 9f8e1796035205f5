package dev.tidegate.app.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.topics.EventJson;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Rejected;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as JSON lines. {@code docs/reference/up-events.md} says what each holds, and a test
 * holds the page to it. Thread safe.
 */
final class LiveEvents implements StageListener {
  /** Kinds of line; the name in small letters stands in the field {@code event}. */
  enum Kind {
    /** With which settings the platform starts. */
    SETTINGS,
    /** The platform runs. */
    STARTED,
    /** Figures, about twice a second. */
    PROGRESS,
    /** A payment that an analyst should see. */
    ALERT,
    /** A row that could not become a payment. */
    REJECTED,
    /** A stage failed, or runs again. */
    STAGE,
    /** The platform has stopped; nothing follows. */
    STOPPED
  }

  private final @Nullable PrintWriter out;
  private final InstantSource clock;
  private final JsonMapper mapper = new JsonMapper();

  /**
   * Lines to a writer.
   *
   * @param out null for nowhere
   */
  LiveEvents(@Nullable PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  /** True if the lines go anywhere. */
  boolean wanted() {
    return out != null;
  }

  /**
   * With which settings the platform starts.
   *
   * @param options what was asked for on the command line
   * @param settings by dotted key, secrets masked
   */
  void settings(Map<String, String> options, Map<String, String> settings) {
    ObjectNode node = event(Kind.SETTINGS);
    node.set("options", mapper.valueToTree(options));
    node.set("settings", mapper.valueToTree(settings));
    print(node);
  }

  /**
   * The platform runs.
   *
   * @param addresses where its parts listen, by their names
   */
  void started(String feed, String release, Map<String, String> addresses) {
    ObjectNode node = event(Kind.STARTED).put("feed", feed).put("release", release);
    addresses.forEach(node::put);
    print(node);
  }

  void progress(Pulse.Beat beat) {
    ObjectNode node = event(Kind.PROGRESS);
    node.put("transactions", beat.sent()).put("rejected", beat.rejected());
    node.put("decisions", beat.decided()).put("alerts", beat.alerts());
    node.put("decisionsPerSecond", beat.perSecond());
    node.put("p50Ms", beat.p50Ms()).put("p99Ms", beat.p99Ms());
    print(node.put("feedEnded", beat.feedEnded()));
  }

  void alert(Alert alert) {
    print(event(Kind.ALERT).setAll(EventJson.alert(alert)));
  }

  void rejected(Rejected rejected) {
    print(event(Kind.REJECTED).setAll(EventJson.rejected(rejected)));
  }

  @Override
  public void restarting(String stage, String reason, Duration pause) {
    ObjectNode node = event(Kind.STAGE).put("stage", stage).put("state", "restarting");
    print(node.put("reason", reason).put("pauseMs", pause.toMillis()));
  }

  @Override
  public void running(String stage) {
    print(event(Kind.STAGE).put("stage", stage).put("state", "running"));
  }

  /** A stage was given up; the platform stops. */
  void failed(String stage, String reason) {
    ObjectNode node = event(Kind.STAGE).put("stage", stage).put("state", "failed");
    print(node.put("reason", reason));
  }

  void stopped() {
    print(event(Kind.STOPPED));
  }

  private ObjectNode event(Kind kind) {
    return mapper
        .createObjectNode()
        .put("event", kind.name().toLowerCase(Locale.ROOT))
        .put("at", clock.instant().toString());
  }

  /** A line is printed whole: each call of {@code println} holds the writer's lock. */
  private void print(ObjectNode node) {
    if (out != null) {
      out.println(node);
      out.flush();
    }
  }
}
