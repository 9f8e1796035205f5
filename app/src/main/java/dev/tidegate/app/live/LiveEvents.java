package dev.tidegate.app.live;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What happens, as JSON lines: {@code started}, {@code progress}, {@code stopped}. */
final class LiveEvents {
  private final @Nullable PrintWriter out;
  private final InstantSource clock;
  private final JsonMapper mapper = new JsonMapper();

  LiveEvents(@Nullable PrintWriter out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  void started(String console, String feed) {
    print(event("started").put("console", console).put("feed", feed));
  }

  void progress(Pulse.Beat beat) {
    ObjectNode node = event("progress");
    node.put("transactions", beat.sent()).put("rejected", beat.rejected());
    node.put("decisions", beat.decided()).put("alerts", beat.alerts());
    node.put("decisionsPerSecond", beat.perSecond());
    node.put("p50Ms", beat.p50Ms()).put("p99Ms", beat.p99Ms());
    print(node.put("feedEnded", beat.feedEnded()));
  }

  void stopped() {
    print(event("stopped"));
  }

  private ObjectNode event(String name) {
    return mapper.createObjectNode().put("event", name).put("at", clock.instant().toString());
  }

  private void print(ObjectNode node) {
    if (out != null) {
      out.println(node);
      out.flush();
    }
  }
}
