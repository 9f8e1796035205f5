package dev.tidegate.graphaml.mine;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the searches say of one account in one slice: features of the account.
 *
 * @param fromMs begin of the slice
 * @param account the account
 * @param flow the best dense flow that it is in
 * @param biclique the best biclique that it is in
 * @param community the account that its community is named for; the account itself where it is
 *     alone
 * @param communitySize accounts of the community
 * @param communityInside share of the payments of the community's accounts that stay inside
 */
public record AccountFinding(
    long fromMs,
    String account,
    @Nullable Part flow,
    @Nullable Part biclique,
    String community,
    int communitySize,
    double communityInside) {
  /** Names of the columns of {@link #csv}. */
  public static final String HEADER =
      "slice_from,account,flow_case,flow_part,flow_score,biclique_case,biclique_side,"
          + "biclique_score,community,community_size,community_inside";

  /**
   * A place in a case.
   *
   * @param caseId id of the case's alert, should it become one
   * @param part from 0: payers, those between, payees
   * @param score of the case
   */
  public record Part(String caseId, int part, double score) {}

  /** As a line of a table; what it is not part of is empty. */
  public String csv() {
    return String.join(
        ",",
        Instant.ofEpochMilli(fromMs).toString(),
        quoted(account),
        csv(flow),
        csv(biclique),
        quoted(community),
        Integer.toString(communitySize),
        String.format(Locale.ROOT, "%.6f", communityInside));
  }

  private static String csv(@Nullable Part part) {
    return part == null
        ? ",,"
        : part.caseId + "," + part.part + "," + String.format(Locale.ROOT, "%.6f", part.score);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
