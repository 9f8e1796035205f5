package dev.tidegate.console.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * An event as JSON, field for field under the names of its schema, and back. A number that JSON
 * does not have (NaN, infinite) is null; a zero character, which PostgreSQL does not store, is
 * U+FFFD. A field that JSON lacks gets its schema's default, so rows of an older schema can be
 * read. Thread safe.
 */
final class EventJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EventJson() {}

  /** The event with all its fields. */
  static ObjectNode write(SpecificRecordBase event) {
    return writeRecord(event);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is no such event
   */
  static <T extends SpecificRecordBase> T read(String json, Class<T> kind) {
    try {
      Schema schema = SpecificData.get().getSchema(kind);
      return kind.cast(readRecord(MAPPER.readTree(json), schema));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a stored event is not JSON", e);
    }
  }

  /** A text as it is stored. */
  static String clean(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static ObjectNode writeRecord(SpecificRecordBase event) {
    ObjectNode node = NODES.objectNode();
    for (Schema.Field field : event.getSchema().getFields()) {
      node.set(field.name(), writeValue(event.get(field.pos())));
    }
    return node;
  }

  private static JsonNode writeValue(@Nullable Object value) {
    if (value instanceof SpecificRecordBase event) {
      return writeRecord(event);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode(list.size());
      list.forEach(item -> array.add(writeValue(item)));
      return array;
    }
    if (value instanceof Float number) {
      return Float.isFinite(number) ? NODES.numberNode(number) : NODES.nullNode();
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? NODES.numberNode(number) : NODES.nullNode();
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    return value == null ? NODES.nullNode() : NODES.textNode(clean(value.toString()));
  }

  private static Object readRecord(JsonNode node, Schema schema) {
    SpecificData model = SpecificData.get();
    SpecificRecordBase event = (SpecificRecordBase) model.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      event.put(
          field.pos(),
          value == null && field.hasDefaultValue()
              ? model.getDefaultValue(field)
              : readValue(value, field.schema()));
    }
    return event;
  }

  private static @Nullable Object readValue(@Nullable JsonNode node, Schema schema) {
    if (node == null || node.isNull()) {
      return missing(schema);
    }
    return switch (schema.getType()) {
      case RECORD -> readRecord(node, schema);
      case UNION -> readValue(node, present(schema));
      case ARRAY -> readArray(node, schema.getElementType());
      case ENUM -> SpecificData.get().createEnum(node.asText(), schema);
      case FLOAT -> node.floatValue();
      case DOUBLE -> node.doubleValue();
      case LONG -> node.longValue();
      case INT -> node.intValue();
      case STRING -> node.asText();
      default -> throw new IllegalArgumentException("an event has no field of " + schema.getType());
    };
  }

  private static @Nullable Object missing(Schema schema) {
    return switch (schema.getType()) {
      case UNION -> null;
      case FLOAT -> Float.NaN;
      case DOUBLE -> Double.NaN;
      default -> throw new IllegalArgumentException("a stored event lacks a " + schema.getType());
    };
  }

  private static List<@Nullable Object> readArray(JsonNode node, Schema elements) {
    List<@Nullable Object> list = new ArrayList<>(node.size());
    node.forEach(item -> list.add(readValue(item, elements)));
    return list;
  }

  private static Schema present(Schema union) {
    return union.getTypes().stream()
        .filter(type -> type.getType() != Schema.Type.NULL)
        .findFirst()
        .orElseThrow();
  }
}
