package dev.tidegate.lab.bank;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What was seen of each planted case. Memory grows with the number of cases. */
final class CaseLedger {
  /** Columns of {@code cases.csv}. */
  static final String HEADER =
      "case_id,kind,lane,accounts,origin,transactions,planned_transactions,start,end";

  private static final class Entry {
    private final PlantedCase planted;
    private final Set<String> accounts = new LinkedHashSet<>();
    private final long startMs;
    private long endMs;
    private int seen;

    Entry(PlantedCase planted, long startMs) {
      this.planted = planted;
      this.startMs = startMs;
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Notes one planted payment; payments must come by time. */
  void note(SimulatedTransaction payment, PlantedCase planted) {
    Entry entry =
        entries.computeIfAbsent(
            planted.caseId(), unused -> new Entry(planted, payment.eventTimeMs()));
    entry.accounts.add(payment.payer().account());
    if (payment.payee() != null) {
      entry.accounts.add(payment.payee().account());
    }
    entry.endMs = payment.eventTimeMs();
    entry.seen++;
  }

  int cases() {
    return entries.size();
  }

  /** The file's text, header first, cases in the order of their first payments. */
  String csv() {
    StringBuilder out = new StringBuilder(HEADER).append('\n');
    for (Entry entry : entries.values()) {
      PlantedCase planted = entry.planted;
      out.append(planted.caseId()).append(',').append(planted.kind().code()).append(',');
      out.append(planted.kind().lane().code()).append(',');
      out.append(String.join(";", entry.accounts)).append(',').append(planted.origin());
      out.append(',').append(entry.seen).append(',').append(planted.payments()).append(',');
      SimulatorCsv.appendTime(entry.startMs, out);
      SimulatorCsv.appendTime(entry.endMs, out.append(','));
      out.append('\n');
    }
    return out.toString();
  }
}
