package dev.tidegate.graphaml.pattern;

import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An episode as an event. */
final class AlertWriter {
  private final String digest;

  AlertWriter(String digest) {
    this.digest = digest;
  }

  /** The next version of an episode. */
  PatternAlert write(Episode episode, EpisodeState state, long updatedAtMs) {
    episode.version++;
    episode.told = episode.payments.size();
    return PatternAlert.newBuilder()
        .setAlertId(episode.id)
        .setVersion(episode.version)
        .setPattern(episode.pattern)
        .setState(state)
        .setFocus(focus(episode))
        .setOpenedBy(episode.openedBy)
        .setOpenedAtMs(episode.openedMs)
        .setFirstPaymentMs(episode.firstMs)
        .setLastPaymentMs(episode.lastMs)
        .setUpdatedBy(episode.grownBy)
        .setUpdatedAtMs(updatedAtMs)
        .setIngestedAtMs(episode.ingestedAtMs)
        .setWidth(episode.width)
        .setSmallestWidth(episode.smallest)
        .setScore(episode.score())
        .setPayments(episode.payments.size())
        .setAccounts(episode.accounts.size())
        .setEvidenceAccounts(accounts(episode))
        .setEvidencePayments(episode.edges.stream().map(AlertWriter::payment).toList())
        .setSettingsDigest(digest)
        .build();
  }

  private static EvidencePayment payment(Edge edge) {
    return EvidencePayment.newBuilder()
        .setTransactionId(edge.transactionId())
        .setFromAccount(edge.from())
        .setToAccount(edge.to())
        .setTimeMs(edge.hop().timeMs())
        .setAmountMinor(edge.amountMinor())
        .setCurrency(edge.currency())
        .build();
  }

  private static String focus(Episode episode) {
    for (Edge edge : episode.edges) {
      if (edge.hop().from() == episode.focus) {
        return edge.from();
      }
      if (edge.hop().to() == episode.focus) {
        return edge.to();
      }
    }
    throw new IllegalStateException("an episode lists payments of the account that it is about");
  }

  /** Payments in and out of an account among those that are listed. */
  private static final class Flow {
    int in;
    int out;
  }

  private static List<EvidenceAccount> accounts(Episode episode) {
    Map<String, Flow> flows = new LinkedHashMap<>();
    for (Edge edge : episode.edges) {
      flows.computeIfAbsent(edge.from(), name -> new Flow()).out++;
      flows.computeIfAbsent(edge.to(), name -> new Flow()).in++;
    }
    boolean sources = flows.values().stream().anyMatch(flow -> flow.in == 0);
    List<EvidenceAccount> accounts = new ArrayList<>();
    flows.forEach(
        (name, flow) ->
            accounts.add(
                EvidenceAccount.newBuilder()
                    .setAccount(name)
                    .setRole(role(flow, !sources && name.equals(episode.edges.get(0).from())))
                    .setPaymentsIn(flow.in)
                    .setPaymentsOut(flow.out)
                    .build()));
    return accounts;
  }

  /** Where all money goes round, the first to pay is the source. */
  private static EvidenceRole role(Flow flow, boolean begins) {
    if (flow.in == 0 || begins) {
      return EvidenceRole.SOURCE;
    }
    return flow.out == 0 ? EvidenceRole.SINK : EvidenceRole.MULE;
  }
}
