package dev.tidegate.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to server-sent events, the way a browser does. */
final class EventReader implements AutoCloseable {
  /** One event. */
  record Event(String name, String id, String data) {}

  private final InputStream in;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;

  private EventReader(InputStream in) {
    this.in = in;
    this.thread = new Thread(this::read, "event-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a stream; with the id of the last event seen, if there is one. */
  static EventReader open(String address, String lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return new EventReader(answer.body());
  }

  /** The next event of a name; fails after half a minute without any. */
  Event next(String name) throws InterruptedException {
    List<Event> others = new ArrayList<>();
    while (true) {
      Event event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no event " + name + " came; others: " + others);
      }
      if (event.name().equals(name)) {
        return event;
      }
      others.add(event);
    }
  }

  /** True once the server has ended the stream. */
  boolean ended() {
    return !thread.isAlive();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String name = "message";
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6)).append('\n');
        } else if (line.isEmpty() && data.length() > 0) {
          events.add(new Event(name, id, data.toString().strip()));
          name = "message";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      // The stream was closed from either side.
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
