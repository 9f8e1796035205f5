package dev.tidegate.scoring.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 for requests to S3, as "Signature Calculations for the Authorization
 * Header" defines it for a payload in a single chunk.
 */
final class S3Signature {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int DATE_DIGITS = 8;
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private final S3Access access;

  S3Signature(S3Access access) {
    this.access = access;
  }

  /**
   * Headers to send, {@code host} left out.
   *
   * @param method of the request
   * @param path encoded, as in the request
   * @param host of the request, with its port
   * @param more further headers, which are signed too
   * @param body what is sent
   * @param now the moment, within a quarter of an hour of the store's
   */
  Map<String, String> headers(
      String method, String path, String host, Map<String, String> more, byte[] body, Instant now) {
    String time = TIME.format(now);
    String sum = hex(sha256(body));
    SortedMap<String, String> signed = new TreeMap<>(more);
    signed.put("host", host);
    signed.put("x-amz-content-sha256", sum);
    signed.put("x-amz-date", time);
    if (!access.sessionToken().isEmpty()) {
      signed.put("x-amz-security-token", access.sessionToken());
    }
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            path,
            "",
            signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining()),
            names,
            sum);
    String date = time.substring(0, DATE_DIGITS);
    String scope = date + "/" + access.region() + "/s3/aws4_request";
    String text = String.join("\n", ALGORITHM, time, scope, hex(sha256(utf8(canonical))));
    Map<String, String> headers = new TreeMap<>(signed);
    headers.remove("host");
    headers.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + access.accessKey()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key(date), text)));
    return headers;
  }

  private byte[] key(String date) {
    byte[] key = hmac(utf8("AWS4" + access.secretKey()), date);
    return hmac(hmac(hmac(key, access.region()), "s3"), "aws4_request");
  }

  /** A path as S3 encodes it: each byte that is not unreserved, but for slashes. */
  static String encoded(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : utf8(path)) {
      char character = (char) (octet & 0xff);
      if (character == '/' || UNRESERVED.indexOf(character) >= 0) {
        encoded.append(character);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
