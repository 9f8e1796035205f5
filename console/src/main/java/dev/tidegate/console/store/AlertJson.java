package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert as JSON, field for field under the names of its schema. A number that JSON does not have
 * (NaN, infinite) is null. Thread safe.
 */
public final class AlertJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AlertJson() {}

  /** The alert without its vector, with its place in the order of arrival as {@code seq}. */
  public static ObjectNode summary(StoredAlert stored) {
    return numbered(stored).without(List.of("featureNames", "featureValues"));
  }

  /**
   * The alert with all its fields, with its place in the order of arrival as {@code seq} and its
   * {@code reasons} or its {@code pattern}.
   *
   * @param reasons null while none have come
   * @param pattern null unless it is the alert of a pattern
   */
  public static ObjectNode whole(
      StoredAlert stored, @Nullable AlertReasons reasons, @Nullable PatternAlert pattern) {
    ObjectNode node = numbered(stored);
    node.set("reasons", reasons == null ? NODES.nullNode() : EventJson.write(reasons));
    if (pattern != null) {
      node.set("pattern", EventJson.write(pattern));
    }
    return node;
  }

  static ObjectNode write(Alert alert) {
    return EventJson.write(alert);
  }

  static Alert read(String json) {
    return EventJson.read(json, Alert.class);
  }

  private static ObjectNode numbered(StoredAlert stored) {
    ObjectNode node = NODES.objectNode().put("seq", stored.seq());
    node.setAll(write(stored.alert()));
    return node;
  }
}
