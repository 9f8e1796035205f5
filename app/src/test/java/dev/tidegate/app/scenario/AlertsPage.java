package dev.tidegate.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.console.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** The alerts as the console's page gets them, one request for each hundred. */
final class AlertsPage {
  private static final String NEWEST = "/api/alerts?limit=100";

  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final URI console;

  AlertsPage(Console console) {
    this.console = URI.create(console.url());
  }

  /**
   * Ids of all alerts, newest first.
   *
   * @throws AssertionError if an alert is there twice
   */
  List<String> ids() throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    String before = "";
    do {
      JsonNode answer = answer(NEWEST + before);
      answer.path("alerts").forEach(alert -> ids.add(alert.path("alertId").asText()));
      before = answer.has("before") ? "&before=" + answer.path("before").asLong() : "";
    } while (!before.isEmpty());
    assertThat(ids).doesNotHaveDuplicates();
    return ids;
  }

  private JsonNode answer(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(console.resolve(path)).build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readTree(response.body());
  }
}
