package dev.tidegate.app.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidegate.app.topics.EventJson;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rejected;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a replay's results, one JSON object a line, in the order of the file. */
final class ResultFiles {
  private static final JsonFactory JSON = new JsonFactory();

  private ResultFiles() {}

  static void write(Path folder, Ledger ledger) throws IOException {
    try (JsonGenerator out = lines(folder.resolve("decisions.ndjson"))) {
      ledger.eachDecision(
          (id, timeMs, score, outcome, rules) ->
              decision(out, new Line(id, timeMs, score, outcome), rules, ledger.release()));
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve("alerts.ndjson"))) {
      for (Alert alert : ledger.alerts()) {
        out.append(EventJson.alert(alert).toString()).append('\n');
      }
    }
    try (Writer out = Files.newBufferedWriter(folder.resolve("rejected.ndjson"))) {
      for (Rejected rejected : ledger.rejections()) {
        out.append(EventJson.rejected(rejected).toString()).append('\n');
      }
    }
  }

  private record Line(String id, long timeMs, double score, Outcome outcome) {}

  private static JsonGenerator lines(Path file) throws IOException {
    Writer writer = new BufferedWriter(Files.newBufferedWriter(file), 1 << 16);
    JsonGenerator out = JSON.createGenerator(writer);
    out.setRootValueSeparator(null);
    return out;
  }

  private static void decision(JsonGenerator out, Line line, List<String> rules, String release)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("transactionId", line.id);
    out.writeNumberField("eventTimeMs", line.timeMs);
    score(out, line.score);
    out.writeStringField("outcome", line.outcome.name());
    out.writeStringField("release", release);
    strings(out, "rules", rules);
    end(out);
  }

  /** JSON has no NaN: a payment that no model scored has a null score. */
  private static void score(JsonGenerator out, double score) throws IOException {
    if (Double.isNaN(score)) {
      out.writeNullField("score");
    } else {
      out.writeNumberField("score", score);
    }
  }

  private static void strings(JsonGenerator out, String name, List<String> values)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  private static void end(JsonGenerator out) throws IOException {
    out.writeEndObject();
    out.writeRaw('\n');
  }
}
