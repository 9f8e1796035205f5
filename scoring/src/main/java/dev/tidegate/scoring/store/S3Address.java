package dev.tidegate.scoring.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an object store.
 *
 * @param bucket the bucket
 * @param key what stands in it, without a slash at either end; empty for the bucket itself
 */
public record S3Address(String bucket, String key) {
  private static final Pattern TEXT =
      Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/[\\p{Graph}]*)?");

  /** True if a text is meant to be such a place. */
  public static boolean isOne(String text) {
    return text.startsWith("s3://") || text.startsWith("s3a://");
  }

  /**
   * The place that a text names.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static S3Address parse(String text) {
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(text + " is no s3://bucket/path");
    }
    String key = found.group(2) == null ? "" : found.group(2);
    return new S3Address(found.group(1), key.replaceAll("^/+|/+$", ""));
  }

  /** A place within this one. */
  public S3Address resolve(String name) {
    return new S3Address(bucket, key.isEmpty() ? name : key + "/" + name);
  }

  @Override
  public String toString() {
    return "s3://" + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
