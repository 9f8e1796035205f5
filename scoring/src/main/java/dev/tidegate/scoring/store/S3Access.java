package dev.tidegate.scoring.store;

import java.net.URI;
import java.util.Map;

/**
 * How to reach an object store, by the variables that all clients of S3 know.
 *
 * @param endpoint its address, {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}; by default
 *     Amazon's of the region
 * @param region {@code AWS_REGION} or {@code AWS_DEFAULT_REGION}; by default us-east-1
 * @param accessKey {@code AWS_ACCESS_KEY_ID}
 * @param secretKey {@code AWS_SECRET_ACCESS_KEY}
 * @param sessionToken {@code AWS_SESSION_TOKEN}; empty for none
 */
public record S3Access(
    URI endpoint, String region, String accessKey, String secretKey, String sessionToken) {
  /**
   * By a process's environment.
   *
   * @throws StoreFailed if it names no keys
   */
  public static S3Access of(Map<String, String> environment) {
    String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
    String named = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    String access = first(environment, "AWS_ACCESS_KEY_ID");
    String secret = first(environment, "AWS_SECRET_ACCESS_KEY");
    if (access.isEmpty() || secret.isEmpty()) {
      throw new StoreFailed(
          "an object store needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
    }
    String where = region.isEmpty() ? "us-east-1" : region;
    String url = named.isEmpty() ? "https://s3." + where + ".amazonaws.com" : named;
    return new S3Access(
        URI.create(url.replaceAll("/+$", "")),
        where,
        access,
        secret,
        first(environment, "AWS_SESSION_TOKEN"));
  }

  private static String first(Map<String, String> environment, String... names) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        return value.strip();
      }
    }
    return "";
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return endpoint + " in " + region;
  }
}
