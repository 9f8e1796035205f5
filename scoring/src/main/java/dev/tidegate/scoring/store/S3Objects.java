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
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects of an S3 store, by the JDK's HTTP client: whole objects are read and written, nothing
 * else. Buckets stand in the path, which S3 and what speaks its protocol all take. What is not
 * answered, or answered by a fault that passes, is asked again after a pause. Thread safe.
 */
final class S3Objects {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int OK = 200;
  private static final int SERVER_FAULT = 500;

  /**
   * Too many requests; and two writes of one object at once, of which neither is refused yet (S3's
   * ConditionalRequestConflict).
   */
  private static final Set<Integer> PASSING = Set.of(409, 429);

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9._-]{1,64})</Code>");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final S3Access access;
  private final S3Signature signature;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  S3Objects(S3Access access, InstantSource clock) {
    this(access, clock, S3Objects::await);
  }

  /** With another way to wait between attempts. */
  S3Objects(S3Access access, InstantSource clock, Pause pause) {
    this.access = access;
    this.clock = clock;
    this.pause = pause;
    signature = new S3Signature(access);
  }

  /** Waits. */
  interface Pause {
    /** Returns after so long. */
    void await(Duration length) throws InterruptedException;
  }

  private static void await(Duration length) throws InterruptedException {
    // Nobody counts it down.
    var unused = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
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
    try {
      for (int attempt = 1; ; attempt++) {
        HttpResponse<byte[]> answer = attempt(attempt, method, at, more, body);
        if (answer != null) {
          return answer;
        }
        pause.await(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("interrupted at " + at, e);
    }
  }

  /** Null if it is to be asked again. */
  private @Nullable HttpResponse<byte[]> attempt(
      int attempt, String method, S3Address at, Map<String, String> more, byte[] body)
      throws InterruptedException {
    try {
      HttpResponse<byte[]> answer =
          client.send(request(method, at, more, body), HttpResponse.BodyHandlers.ofByteArray());
      return attempt < ATTEMPTS && passes(answer.statusCode()) ? null : answer;
    } catch (IOException e) {
      if (attempt < ATTEMPTS) {
        return null;
      }
      throw new StoreFailed("the store at " + access + " does not answer: " + at, e);
    }
  }

  private static boolean passes(int status) {
    return status >= SERVER_FAULT || PASSING.contains(status);
  }

  private HttpRequest request(String method, S3Address at, Map<String, String> more, byte[] body) {
    String path =
        access.endpoint().getRawPath() + S3Signature.encoded("/" + at.bucket() + "/" + at.key());
    URI endpoint = access.endpoint();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + path))
            .timeout(ANSWER)
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    signature
        .headers(method, path, host(endpoint), more, body, clock.instant())
        .forEach(request::header);
    return request.build();
  }

  /**
   * The header {@code Host} as the client sends it, which is signed: without the port where it is
   * the scheme's own, also where the address names it.
   */
  static String host(URI endpoint) {
    int port = endpoint.getPort();
    int usual = endpoint.getScheme().equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
    return port < 0 || port == usual ? endpoint.getHost() : endpoint.getHost() + ":" + port;
  }

  /** Of what the store says its code alone: the rest may repeat keys and tokens of the request. */
  private static void require(HttpResponse<byte[]> answer, String what, S3Address at) {
    if (answer.statusCode() != OK) {
      Matcher code = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
      String said =
          at
              + " cannot be "
              + what
              + ": the store answers "
              + answer.statusCode()
              + (code.find() ? " " + code.group(1) : "");
      throw answer.statusCode() == FORBIDDEN ? StoreFailed.forbidden(said) : new StoreFailed(said);
    }
  }
}
