package dev.tidegate.console.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.console.drift.DriftBook.Monitor;
import dev.tidegate.console.drift.DriftBook.Reading;
import java.util.List;

/**
 * Monitors as JSON: {@code version}, {@code order} (names of all that are drawn) and {@code
 * monitors}, those that changed, each with its readings as columns ({@code at} in milliseconds
 * since 1970 UTC, {@code values}, {@code threshold}, {@code drifted}). A number that JSON does not
 * have is null.
 */
public final class DriftJson {
  /** Most monitors that are drawn, in the order of the book. */
  public static final int MOST_DRAWN = 48;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DriftJson() {}

  /**
   * What changed after a version.
   *
   * @param version of the book when the monitors were asked for
   * @param since version that the reader has; 0 for none
   */
  public static ObjectNode of(long version, List<Monitor> monitors, long since) {
    ObjectNode answer = NODES.objectNode().put("version", version);
    ArrayNode order = answer.putArray("order");
    ArrayNode changed = answer.putArray("monitors");
    List<Monitor> drawn = monitors.subList(0, Math.min(MOST_DRAWN, monitors.size()));
    for (Monitor monitor : drawn) {
      order.add(name(monitor));
      if (monitor.version() > since) {
        changed.add(one(monitor));
      }
    }
    return answer;
  }

  private static String name(Monitor monitor) {
    return monitor.monitor() + ":" + monitor.subject();
  }

  private static ObjectNode one(Monitor monitor) {
    MonitorWords words = MonitorWords.of(monitor.monitor());
    ObjectNode node =
        NODES
            .objectNode()
            .put("name", name(monitor))
            .put("title", words.title())
            .put("subject", MonitorWords.subject(monitor.subject()))
            .put("statistic", words.statistic())
            .put("evidence", words.evidence())
            .put("alarmsAlone", words.alarmsAlone())
            .put("state", monitor.newest().state())
            .put("release", monitor.newest().release());
    ArrayNode at = node.putArray("at");
    ArrayNode statistic = node.putArray("values");
    ArrayNode threshold = node.putArray("threshold");
    ArrayNode drifted = node.putArray("drifted");
    for (Reading reading : monitor.readings()) {
      at.add(reading.endMs());
      add(statistic, reading.statistic());
      add(threshold, reading.threshold());
      drifted.add(reading.drifted());
    }
    return node;
  }

  private static void add(ArrayNode to, double value) {
    if (Double.isFinite(value)) {
      to.add(value);
    } else {
      to.addNull();
    }
  }
}
