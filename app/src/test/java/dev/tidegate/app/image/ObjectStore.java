package dev.tidegate.app.image;

import dev.tidegate.lab.platform.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** S3Proxy in a process of its own, with one bucket in memory, which takes anybody. */
final class ObjectStore implements AutoCloseable {
  private static final int OK = 200;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final String endpoint;

  private ObjectStore(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one and makes its bucket. */
  static ObjectStore start(Path jar, Path folder, String bucket) throws IOException {
    String endpoint = "http://127.0.0.1:" + Ports.free("object store");
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.authorization=none
        s3proxy.endpoint=ENDPOINT
        jclouds.provider=transient
        jclouds.identity=none
        jclouds.credential=none
        """
            .replace("ENDPOINT", endpoint));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                jar.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    ObjectStore store = new ObjectStore(process, endpoint);
    Awaitility.await("an object store")
        .atMost(Duration.ofSeconds(60))
        .until(() -> store.makes(bucket));
    return store;
  }

  private boolean makes(String bucket) throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("S3Proxy ended with " + process.exitValue());
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/" + bucket))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == OK;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  String endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
