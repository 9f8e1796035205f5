package dev.tidegate.scoring.reasons;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The reason codes, in the order in which they claim features: the first whose expression matches a
 * feature's name has it, the last has all that are left. Reasons carry the table's version.
 *
 * @param version changes whenever a code, a text or a claim does
 * @param codes in order of claim
 */
public record ReasonTable(String version, List<ReasonCode> codes) {
  private static final String RESOURCE = "reason-codes.json";

  /** Checks that codes differ and that the last claims everything. */
  public ReasonTable {
    codes = List.copyOf(codes);
    Set<String> seen = new HashSet<>();
    for (ReasonCode code : codes) {
      if (!seen.add(code.code())) {
        throw new IllegalArgumentException("reason code " + code.code() + " stands twice");
      }
    }
    if (version.isBlank()
        || codes.isEmpty()
        || !codes.get(codes.size() - 1).features().equals(".*")) {
      throw new IllegalArgumentException("the table needs a version and a last code for the rest");
    }
  }

  /** The table that ships. */
  public static ReasonTable shipped() {
    try (InputStream in = ReasonTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the class path has no " + RESOURCE);
      }
      return new JsonMapper().readValue(in, ReasonTable.class);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The code that claims a feature. */
  public ReasonCode of(String feature) {
    return codes.stream()
        .filter(code -> Pattern.matches(code.features(), feature))
        .findFirst()
        .orElseThrow();
  }
}
