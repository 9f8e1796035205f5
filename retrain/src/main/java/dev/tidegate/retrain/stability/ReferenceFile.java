package dev.tidegate.retrain.stability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.retrain.drift.ScoreBins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The references of a release's features as JSON, UTF-8: {@code {"features": [{"name": ...,
 * "edges": [9 numbers], "range": [low, high], "hours": {"0": [11 counts], ...}}, {"name": ...,
 * "categories": [...], "hours": ...}]}}. Cells of a numeric feature are ten bins between the edges
 * and one for no value; those of a categorical one its known values, one for unseen values and one
 * for none. Hours are hours of the week (UTC, Monday 0); those without rows are left out. The same
 * references give the same bytes.
 */
public final class ReferenceFile {
  /** Its name in a release. */
  public static final String NAME = "reference.json";

  private static final JsonMapper JSON = new JsonMapper();

  private ReferenceFile() {}

  /** The file's bytes. */
  public static byte[] write(List<FeatureReference> references) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode features = node.putArray("features");
    references.forEach(reference -> features.add(node(reference)));
    try {
      return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("references always have a JSON form", e);
    }
  }

  private static ObjectNode node(FeatureReference reference) {
    ObjectNode node = JSON.createObjectNode().put("name", reference.name());
    if (reference.bins() != null) {
      ArrayNode edges = node.putArray("edges");
      reference.bins().edges().forEach(edges::add);
    }
    FeatureReference.Range range = reference.range();
    if (range != null) {
      node.putArray("range").add(range.low()).add(range.high());
    }
    if (reference.categories() != null) {
      ArrayNode values = node.putArray("categories");
      reference.categories().known().forEach(values::add);
    }
    ObjectNode hours = node.putObject("hours");
    for (int hour = 0; hour < HourOfWeek.HOURS; hour++) {
      long[] counts = reference.histogram().of(hour);
      long rows = 0;
      for (long of : counts) {
        rows += of;
      }
      if (rows > 0) {
        ArrayNode cells = hours.putArray(Integer.toString(hour));
        for (long of : counts) {
          cells.add(of);
        }
      }
    }
    return node;
  }

  /**
   * The references in a file.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  public static List<FeatureReference> read(byte[] json) {
    try {
      List<FeatureReference> references = new ArrayList<>();
      for (JsonNode node : JSON.readTree(json).path("features")) {
        references.add(reference(node));
      }
      return references;
    } catch (IOException e) {
      throw new IllegalArgumentException(NAME + " is no JSON: " + e.getMessage(), e);
    }
  }

  private static FeatureReference reference(JsonNode node) {
    String name = node.path("name").asText();
    ScoreBins bins = null;
    CategoryCells categories = null;
    if (node.has("edges")) {
      List<Double> edges = new ArrayList<>();
      node.get("edges").forEach(edge -> edges.add(edge.asDouble()));
      bins = ScoreBins.of(edges);
    } else {
      List<String> values = new ArrayList<>();
      node.path("categories").forEach(value -> values.add(value.asText()));
      categories = CategoryCells.of(values);
    }
    int cells = categories == null ? ScoreBins.CELLS : categories.size();
    HourlyHistogram histogram = new HourlyHistogram(cells);
    for (Map.Entry<String, JsonNode> hour : node.path("hours").properties()) {
      histogram.add(hour(name, hour.getKey()), counts(name, hour.getValue(), cells));
    }
    return new FeatureReference(name, bins, categories, histogram, range(node.path("range")));
  }

  private static FeatureReference.@Nullable Range range(JsonNode node) {
    return node.size() == 2
        ? new FeatureReference.Range(node.get(0).asDouble(), node.get(1).asDouble())
        : null;
  }

  private static int hour(String name, String text) {
    int hour = text.matches("\\d{1,3}") ? Integer.parseInt(text) : HourOfWeek.HOURS;
    if (hour >= HourOfWeek.HOURS) {
      throw new IllegalArgumentException(name + " has counts of an hour of the week " + text);
    }
    return hour;
  }

  private static long[] counts(String name, JsonNode node, int cells) {
    long[] counts = new long[node.size()];
    for (int cell = 0; cell < counts.length; cell++) {
      counts[cell] = node.get(cell).asLong(-1);
      if (counts[cell] < 0) {
        throw new IllegalArgumentException(name + " has a count that is no number of rows");
      }
    }
    if (counts.length != cells) {
      throw new IllegalArgumentException(
          name + " has " + cells + " cells and counts of " + counts.length);
    }
    return counts;
  }
}
