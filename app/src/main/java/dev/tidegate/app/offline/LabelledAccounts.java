package dev.tidegate.app.offline;

import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.file.EventFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Accounts of payments between accounts, and which of them have a labelled one.
 *
 * @param all all
 * @param labelled those
 */
record LabelledAccounts(Set<String> all, Set<String> labelled) {
  private static final int FIRST = 10;

  /** Reads payments. */
  static LabelledAccounts read(Path payments, Set<String> laundering) throws IOException {
    Set<String> all = new HashSet<>();
    Set<String> labelled = new HashSet<>();
    try (EventFile.Reader<Transaction> reader = EventFile.read(payments, Transaction.class)) {
      for (Transaction next = reader.next(); next != null; next = reader.next()) {
        String payee = next.getPayeeAccount();
        if (payee != null) {
          all.add(next.getPayerAccount());
          all.add(payee);
          if (laundering.contains(next.getTransactionId())) {
            labelled.add(next.getPayerAccount());
            labelled.add(payee);
          }
        }
      }
    }
    return new LabelledAccounts(all, labelled);
  }

  /** How cases, the best first, meet them. */
  MinedLabels meet(List<PatternAlert> cases) {
    Set<String> listed = new HashSet<>();
    int half = 0;
    for (PatternAlert one : cases) {
      Set<String> accounts = accounts(one);
      listed.addAll(accounts);
      half += 2 * count(accounts) >= accounts.size() ? 1 : 0;
    }
    Set<String> first = new HashSet<>();
    cases.stream().limit(FIRST).forEach(one -> first.addAll(accounts(one)));
    return new MinedLabels(
        cases.size(),
        listed.size(),
        count(listed),
        share(count(listed), listed.size()),
        all.size(),
        labelled.size(),
        share(labelled.size(), all.size()),
        half,
        share(count(first), first.size()));
  }

  private static Set<String> accounts(PatternAlert one) {
    Set<String> accounts = new HashSet<>();
    for (EvidenceAccount account : one.getEvidenceAccounts()) {
      accounts.add(account.getAccount());
    }
    return accounts;
  }

  private int count(Set<String> accounts) {
    return (int) accounts.stream().filter(labelled::contains).count();
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
