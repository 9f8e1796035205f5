package dev.tidegate.graphaml.mine;

import dev.tidegate.graphaml.pattern.EvidenceRoles;
import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A case as an event, with the payments that are its evidence. */
final class CaseWriter {
  private static final int ID_BYTES = 16;

  private final Slice slice;
  private final PaymentValue value;
  private final MineSettings settings;
  private final String digest;

  CaseWriter(Slice slice, PaymentValue value, MineSettings settings, String digest) {
    this.slice = slice;
    this.value = value;
    this.settings = settings;
    this.digest = digest;
  }

  /**
   * What a search found.
   *
   * @param search which
   * @param focus the account that it is about
   * @param width how large
   * @param smallest from which width on it is a case
   * @param score of the search
   * @param accounts each once, ascending
   */
  record Outline(
      MinedSearch search,
      int focus,
      int width,
      int smallest,
      double score,
      List<Integer> accounts) {}

  /** The case; its rank is not known yet and 0. */
  PatternAlert write(Outline found, List<Integer> links) {
    List<Transaction> payments = new ArrayList<>();
    links.forEach(link -> payments.addAll(slice.payments(link)));
    payments.sort(Slice.OLDEST_FIRST);
    Transaction first = payments.get(0);
    Transaction last = payments.get(payments.size() - 1);
    List<EvidencePayment> evidence = evidence(payments);
    String focus = slice.names.get(found.focus);
    return PatternAlert.newBuilder()
        .setAlertId(id(found, first))
        .setVersion(1)
        .setPattern(LaunderingPattern.SCATTER_GATHER)
        .setState(EpisodeState.CLOSED)
        .setFocus(focus)
        .setOpenedBy(first.getTransactionId())
        .setOpenedAtMs(first.getEventTimeMs())
        .setFirstPaymentMs(first.getEventTimeMs())
        .setLastPaymentMs(last.getEventTimeMs())
        .setUpdatedBy(last.getTransactionId())
        .setUpdatedAtMs(last.getEventTimeMs())
        .setIngestedAtMs(last.getIngestedAtMs())
        .setWidth(found.width)
        .setSmallestWidth(found.smallest)
        .setScore((double) found.width / (found.width + found.smallest))
        .setPayments(payments.size())
        .setAccounts(found.accounts.size())
        .setEvidencePayments(evidence)
        .setEvidenceAccounts(EvidenceRoles.of(evidence))
        .setSettingsDigest(digest)
        .setMined(
            MinedCase.newBuilder()
                .setSearch(found.search)
                .setScore(found.score)
                .setRank(0)
                .setFromMs(slice.fromMs)
                .setUntilMs(slice.fromMs + settings.sliceMs())
                .build())
        .build();
  }

  /** The same case has the same id whenever it is mined. */
  private String id(Outline found, Transaction first) {
    List<String> words = new ArrayList<>();
    words.add("tidegate mined case 1");
    words.add(found.search.name());
    words.add(Long.toString(slice.fromMs));
    words.add(first.getTransactionId());
    found.accounts.forEach(account -> words.add(slice.names.get(account)));
    String text = String.join("|", words);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The payment that opened it and the largest, as far as there is room, the oldest first. */
  private List<EvidencePayment> evidence(List<Transaction> payments) {
    List<Transaction> largest = new ArrayList<>(payments.subList(1, payments.size()));
    largest.sort(
        Comparator.comparingLong((Transaction payment) -> value.of(payment))
            .reversed()
            .thenComparing(Slice.OLDEST_FIRST));
    largest.add(0, payments.get(0));
    Set<String> accounts = new HashSet<>();
    List<Transaction> listed = new ArrayList<>();
    for (Transaction payment : largest) {
      Set<String> ends = new HashSet<>();
      ends.add(payment.getPayerAccount());
      ends.add(String.valueOf(payment.getPayeeAccount()));
      ends.removeAll(accounts);
      if (listed.size() < settings.bounds().payments()
          && accounts.size() + ends.size() <= settings.bounds().accounts()) {
        accounts.addAll(ends);
        listed.add(payment);
      }
    }
    listed.sort(Slice.OLDEST_FIRST);
    return listed.stream().map(CaseWriter::evidence).toList();
  }

  private static EvidencePayment evidence(Transaction payment) {
    return EvidencePayment.newBuilder()
        .setTransactionId(payment.getTransactionId())
        .setFromAccount(payment.getPayerAccount())
        .setToAccount(String.valueOf(payment.getPayeeAccount()))
        .setTimeMs(payment.getEventTimeMs())
        .setAmountMinor(payment.getAmountMinor())
        .setCurrency(payment.getCurrency())
        .build();
  }
}
