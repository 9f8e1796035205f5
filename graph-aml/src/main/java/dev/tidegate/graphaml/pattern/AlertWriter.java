package dev.tidegate.graphaml.pattern;

import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.List;

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
    List<EvidencePayment> evidence = episode.edges.stream().map(AlertWriter::payment).toList();
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
        .setEvidenceAccounts(EvidenceRoles.of(evidence))
        .setEvidencePayments(evidence)
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
}
