package dev.tidegate.graphaml.mine;

import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The best cases of all slices, of each search apart. Slices overlap, and what was found twice is
 * told once: a case is left out if half or more of its listed accounts are those of a better one of
 * the same search whose payments lie in the same time. Cost: each case against those kept.
 */
public final class CaseRanking {
  private static final Comparator<PatternAlert> BEST_FIRST =
      Comparator.comparingDouble((PatternAlert one) -> mined(one).getScore())
          .reversed()
          .thenComparing(PatternAlert::getAlertId);

  private CaseRanking() {}

  /**
   * The best cases with their ranks, search by search.
   *
   * @param most how many of each search
   */
  public static List<PatternAlert> best(List<PatternAlert> cases, int most) {
    List<PatternAlert> ranked = new ArrayList<>();
    for (MinedSearch search : MinedSearch.values()) {
      List<PatternAlert> kept = new ArrayList<>();
      List<PatternAlert> sorted =
          cases.stream()
              .filter(one -> mined(one).getSearch() == search)
              .sorted(BEST_FIRST)
              .toList();
      for (PatternAlert one : sorted) {
        if (kept.size() < most && kept.stream().noneMatch(better -> same(one, better))) {
          kept.add(ranked(one, kept.size() + 1));
        }
      }
      ranked.addAll(kept);
    }
    return ranked;
  }

  private static MinedCase mined(PatternAlert one) {
    return Objects.requireNonNull(one.getMined(), "a case that was mined");
  }

  private static PatternAlert ranked(PatternAlert one, int rank) {
    return PatternAlert.newBuilder(one)
        .setMined(MinedCase.newBuilder(mined(one)).setRank(rank).build())
        .build();
  }

  private static boolean same(PatternAlert one, PatternAlert better) {
    if (one.getFirstPaymentMs() > better.getLastPaymentMs()
        || better.getFirstPaymentMs() > one.getLastPaymentMs()) {
      return false;
    }
    Set<String> accounts = accounts(one);
    int all = accounts.size();
    accounts.retainAll(accounts(better));
    return 2 * accounts.size() >= all;
  }

  private static Set<String> accounts(PatternAlert one) {
    Set<String> accounts = new HashSet<>();
    for (EvidenceAccount account : one.getEvidenceAccounts()) {
      accounts.add(account.getAccount());
    }
    return accounts;
  }
}
