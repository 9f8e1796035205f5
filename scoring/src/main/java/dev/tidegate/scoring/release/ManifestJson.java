package dev.tidegate.scoring.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Manifests as JSON, UTF-8. The same manifest gives the same bytes on every machine: keys in the
 * record's order, maps by key, two spaces, line feeds, a NaN as the string {@code "NaN"}. Reading
 * refuses a key that is missing or unknown; {@code sequences}, {@code channelThresholds}, {@code
 * files} and {@code lane} alone may be missing.
 */
final class ManifestJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader READER = MAPPER.readerFor(Manifest.class);
  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** Keys that may be missing, with what they then are. */
  private static final Map<String, String> OPTIONAL =
      Map.of("sequences", "[]", "channelThresholds", "{}", "files", "{}", "lane", "\"\"");

  private ManifestJson() {}

  /**
   * With the keys that may be missing. In the text and not in a tree, through which a float's last
   * bit may be lost.
   */
  private static String complete(byte[] json) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    JsonNode tree = MAPPER.readTree(text);
    if (!tree.isObject() || tree.isEmpty()) {
      return text;
    }
    for (Map.Entry<String, String> optional : OPTIONAL.entrySet()) {
      if (!tree.has(optional.getKey())) {
        String entry = "{\"" + optional.getKey() + "\":" + optional.getValue() + ",";
        text = text.replaceFirst("\\{", Matcher.quoteReplacement(entry));
      }
    }
    return text;
  }

  static byte[] write(Manifest manifest) {
    try {
      return (WRITER.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest always has a JSON form", e);
    }
  }

  /**
   * The manifest in some bytes.
   *
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  static Manifest read(byte[] json) {
    try {
      return READER.readValue(complete(json));
    } catch (JsonProcessingException e) {
      String line =
          e.getCause() instanceof IllegalArgumentException refused
              ? refused.getMessage()
              : e.getOriginalMessage().replaceFirst(" \\(index.*", "");
      throw new IllegalArgumentException(line, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
