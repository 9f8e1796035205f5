package dev.tidegate.scoring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3SignatureTest {
  private static final S3Access ACCESS =
      new S3Access(
          URI.create("https://s3.amazonaws.com"),
          "us-east-1",
          "AKIAIOSFODNN7EXAMPLE",
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
          "");

  /** The example "GET Object" of Amazon's page on signatures in the authorization header. */
  @Test
  void shouldSignAsAmazonsExampleDoes() {
    Map<String, String> headers =
        new S3Signature(ACCESS)
            .headers(
                "GET",
                "/test.txt",
                "examplebucket.s3.amazonaws.com",
                Map.of("range", "bytes=0-9"),
                new byte[0],
                Instant.parse("2013-05-24T00:00:00Z"));
    assertThat(headers)
        .containsEntry("x-amz-date", "20130524T000000Z")
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void shouldEncodeWhatIsNotUnreservedByteByByte() {
    assertThat(S3Signature.encoded("/b/a b+\u00e9~=/x.json"))
        .isEqualTo("/b/a%20b%2B%C3%A9~%3D/x.json");
  }

  @Test
  void shouldReadAddressesAndRefuseWhatIsNone() {
    assertThat(S3Address.parse("s3://models/a/b/")).isEqualTo(new S3Address("models", "a/b"));
    assertThat(S3Address.parse("s3a://models").resolve("r").toString()).isEqualTo("s3://models/r");
    assertThat(S3Address.isOne("/models/s3")).isFalse();
    assertThatThrownBy(() -> S3Address.parse("s3://")).hasMessageContaining("s3://bucket/path");
    assertThatThrownBy(() -> S3Access.of(Map.of())).hasMessageContaining("AWS_ACCESS_KEY_ID");
    assertThat(ACCESS.toString()).doesNotContain("wJalr");
  }
}
