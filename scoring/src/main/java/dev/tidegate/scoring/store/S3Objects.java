package dev.tidegate.scoring.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects of an S3 store, by the JDK's HTTP client: whole objects are read and written, nothing
 * else. Buckets stand in the path, which S3 and what speaks its protocol all take. Thread safe.
 */
final class S3Objects {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 3;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int OK = 200;
  private static final int SERVER_FAULT = 500;
  private static final int LONGEST = 300;

  private final S3Access access;
  private final S3Signature signature;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  S3Objects(S3Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
    signature = new S3Signature(access);
  }

  /**
   * An object's bytes.
   *
   * @return null if there is none
   * @throws StoreFailed if the store does not answer, or refuses
   */
  byte @Nullable [] get(S3Address at) {
    HttpResponse<byte[]> answer = send("GET", at, Map.of(), new byte[0]);
    if (answer.statusCode() == NOT_FOUND) {
      return null;
    }
    require(answer, "read", at);
    return answer.body();
  }

  /**
   * Writes an object.
   *
   * @throws StoreFailed if the store does not answer, or refuses
   */
  void put(S3Address at, byte[] bytes) {
    require(send("PUT", at, Map.of(), bytes), "written", at);
  }

  /**
   * Writes an object that must not be there yet.
   *
   * @return false if it is
   * @throws StoreFailed if the store does not answer, or refuses
   */
  boolean putNew(S3Address at, byte[] bytes) {
    HttpResponse<byte[]> answer = send("PUT", at, Map.of("if-none-match", "*"), bytes);
    if (answer.statusCode() == PRECONDITION_FAILED) {
      return false;
    }
    require(answer, "written", at);
    return true;
  }

  private HttpResponse<byte[]> send(
      String method, S3Address at, Map<String, String> more, byte[] body) {
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<byte[]> answer =
            client.send(request(method, at, more, body), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() < SERVER_FAULT || attempt == ATTEMPTS) {
          return answer;
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new StoreFailed("the store at " + access + " does not answer: " + at, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreFailed("interrupted at " + at, e);
      }
    }
  }

  private HttpRequest request(String method, S3Address at, Map<String, String> more, byte[] body) {
    String path =
        access.endpoint().getRawPath() + S3Signature.encoded("/" + at.bucket() + "/" + at.key());
    URI endpoint = access.endpoint();
    String host =
        endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + path))
            .timeout(ANSWER)
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    signature.headers(method, path, host, more, body, clock.instant()).forEach(request::header);
    return request.build();
  }

  private static void require(HttpResponse<byte[]> answer, String what, S3Address at) {
    if (answer.statusCode() != OK) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new StoreFailed(
          at
              + " cannot be "
              + what
              + ": the store answers "
              + answer.statusCode()
              + " "
              + said.substring(0, Math.min(said.length(), LONGEST)).replaceAll("\\s+", " "));
    }
  }
}
