package dev.tidegate.console;

import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Made-up episodes, one of each pattern, always the same for one seed. */
@SuppressWarnings("EnumOrdinal") // the number only tells samples apart
public final class SamplePatterns {
  private static final long HOUR_MS = 3_600_000L;

  private final Random random;
  private final long nowMs;

  public SamplePatterns(long seed, long nowMs) {
    random = new Random(seed);
    this.nowMs = nowMs;
  }

  /** One episode of each pattern. */
  public List<PatternAlert> each() {
    List<PatternAlert> all = new ArrayList<>();
    for (LaunderingPattern pattern : LaunderingPattern.values()) {
      all.add(of(pattern, 1, 9));
    }
    return all;
  }

  /**
   * An episode.
   *
   * @param size accounts at the wide side, or payments of a cycle or chain
   */
  public PatternAlert of(LaunderingPattern pattern, int version, int size) {
    List<int[]> links = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      switch (pattern) {
        case FAN_IN -> links.add(new int[] {i, 0});
        case FAN_OUT -> links.add(new int[] {0, i});
        case GATHER_SCATTER -> links.add(i % 2 == 0 ? new int[] {i, 0} : new int[] {0, i});
        case SCATTER_GATHER -> {
          links.add(new int[] {0, i});
          links.add(new int[] {i, 100});
        }
        case CYCLE -> links.add(new int[] {i - 1, i % size});
        case PASS_THROUGH -> links.add(new int[] {i - 1, i});
      }
    }
    List<EvidencePayment> payments = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      int[] link = links.get(i);
      payments.add(payment(pattern, link, i, nowMs - (links.size() - i) * 5L * HOUR_MS));
    }
    return alert(pattern, version, payments);
  }

  private EvidencePayment payment(LaunderingPattern pattern, int[] link, int number, long timeMs) {
    return EvidencePayment.newBuilder()
        .setTransactionId("T-" + pattern + "-" + number)
        .setFromAccount(account(pattern, link[0]))
        .setToAccount(account(pattern, link[1]))
        .setTimeMs(timeMs)
        .setAmountMinor(95_000 - 1_100L * number + random.nextInt(900))
        .setCurrency("EUR")
        .build();
  }

  private static String account(LaunderingPattern pattern, int number) {
    return String.format(Locale.ROOT, "DE%02d5001%06d", pattern.ordinal() + 10, 7_310 + number);
  }

  private PatternAlert alert(
      LaunderingPattern pattern, int version, List<EvidencePayment> payments) {
    List<EvidenceAccount> accounts = accounts(payments);
    EvidencePayment last = payments.get(payments.size() - 1);
    return PatternAlert.newBuilder()
        .setAlertId("0000000000000000000000000000aa" + (10 + pattern.ordinal()))
        .setVersion(version)
        .setPattern(pattern)
        .setState(EpisodeState.OPEN)
        .setFocus(account(pattern, 0))
        .setOpenedBy(payments.get(0).getTransactionId())
        .setOpenedAtMs(payments.get(0).getTimeMs())
        .setFirstPaymentMs(payments.get(0).getTimeMs())
        .setLastPaymentMs(last.getTimeMs())
        .setUpdatedBy(last.getTransactionId())
        .setUpdatedAtMs(last.getTimeMs())
        .setIngestedAtMs(nowMs - 40_000)
        .setWidth(accounts.size() - 1)
        .setSmallestWidth(4)
        .setScore((accounts.size() - 1.0) / (accounts.size() + 3))
        .setPayments(payments.size() + 3)
        .setAccounts(accounts.size() + 2)
        .setEvidencePayments(payments)
        .setEvidenceAccounts(accounts)
        .setSettingsDigest("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        .build();
  }

  private static List<EvidenceAccount> accounts(List<EvidencePayment> payments) {
    Map<String, int[]> flows = new LinkedHashMap<>();
    for (EvidencePayment payment : payments) {
      flows.computeIfAbsent(payment.getFromAccount(), name -> new int[2])[1]++;
      flows.computeIfAbsent(payment.getToAccount(), name -> new int[2])[0]++;
    }
    boolean sources = flows.values().stream().anyMatch(flow -> flow[0] == 0);
    List<EvidenceAccount> accounts = new ArrayList<>();
    flows.forEach(
        (name, flow) -> {
          boolean first = !sources && accounts.isEmpty();
          EvidenceRole role =
              flow[0] == 0 || first
                  ? EvidenceRole.SOURCE
                  : flow[1] == 0 ? EvidenceRole.SINK : EvidenceRole.MULE;
          accounts.add(new EvidenceAccount(name, role, flow[0], flow[1]));
        });
    return accounts;
  }
}
