package dev.tidegate.schemas.codec;

import static dev.tidegate.schemas.codec.SampleEvents.DIGEST;
import static dev.tidegate.schemas.codec.SampleEvents.TIME;

import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.EntityLink;
import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.EvidenceRole;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.LinkReason;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Sighting;
import java.util.List;

/** Samples of what the graph says, as {@link SampleEvents}. */
final class GraphSampleEvents {
  private GraphSampleEvents() {}

  static GraphSignal signal() {
    return GraphSignal.newBuilder(signalThatNothingCut()).setCut(true).build();
  }

  /** What signals were before they said whether answers were cut off; and are, where none were. */
  static GraphSignal signalThatNothingCut() {
    return GraphSignal.newBuilder(signalWithoutTransaction())
        .setTransaction(SampleEvents.transaction())
        .build();
  }

  /** What signals were before they carried their payment. */
  static GraphSignal signalWithoutTransaction() {
    return GraphSignal.newBuilder()
        .setTransactionId("t-000042")
        .setEventTimeMs(TIME)
        .setIngestedAtMs(TIME + 17)
        .setAccount("acc-2")
        .setRole(AccountRole.PAYEE)
        .setCounterparty("acc-1")
        .setSignalDigest(DIGEST)
        .setValues(List.of(4.0f, 2.0f))
        .setLate(true)
        .build();
  }

  static PatternAlert pattern() {
    return PatternAlert.newBuilder(patternOfTheStream())
        .setMined(
            MinedCase.newBuilder()
                .setSearch(MinedSearch.DENSE_FLOW)
                .setScore(1_234.5)
                .setRank(2)
                .setFromMs(TIME - 86_400_000)
                .setUntilMs(TIME + 86_400_000)
                .build())
        .build();
  }

  /**
   * What alerts were before searches over the archive told some; and are, where the stream does.
   */
  static PatternAlert patternOfTheStream() {
    return PatternAlert.newBuilder()
        .setAlertId("00112233445566778899aabbccddeeff")
        .setVersion(3)
        .setPattern(LaunderingPattern.SCATTER_GATHER)
        .setState(EpisodeState.CLOSED)
        .setFocus("acc-9")
        .setOpenedBy("t-000042")
        .setOpenedAtMs(TIME)
        .setFirstPaymentMs(TIME - 60_000)
        .setLastPaymentMs(TIME + 60_000)
        .setUpdatedBy("t-000043")
        .setUpdatedAtMs(TIME + 90_000)
        .setIngestedAtMs(TIME + 17)
        .setWidth(5)
        .setSmallestWidth(4)
        .setScore(0.5625)
        .setPayments(12)
        .setAccounts(7)
        .setEvidencePayments(
            List.of(
                EvidencePayment.newBuilder()
                    .setTransactionId("t-000042")
                    .setFromAccount("acc-1")
                    .setToAccount("acc-2")
                    .setTimeMs(TIME)
                    .setAmountMinor(12_345)
                    .setCurrency("EUR")
                    .build()))
        .setEvidenceAccounts(
            List.of(
                EvidenceAccount.newBuilder()
                    .setAccount("acc-2")
                    .setRole(EvidenceRole.SINK)
                    .setPaymentsIn(1)
                    .setPaymentsOut(2)
                    .build()))
        .setSettingsDigest(DIGEST)
        .build();
  }

  static Sighting sighting() {
    return Sighting.newBuilder()
        .setMember("account-7")
        .setKind(IdentifierKind.PHONE)
        .setValue("tok-5f")
        .setSeenAtMs(TIME)
        .setSource("customers.csv")
        .build();
  }

  static ClusterChange cluster() {
    LinkReason reason =
        LinkReason.newBuilder()
            .setKind(IdentifierKind.DEVICE)
            .setValue("device-3")
            .setWeight(1.5)
            .setSinceMs(TIME - 60_000)
            .setLastMs(TIME)
            .build();
    EntityLink link =
        EntityLink.newBuilder()
            .setLeft("account-7")
            .setRight("account-9")
            .setWeight(1.5)
            .setReasons(List.of(reason))
            .build();
    return ClusterChange.newBuilder()
        .setCluster("c0ffee0123456789")
        .setAtMs(TIME)
        .setChange(ClusterStep.MERGED)
        .setOther("0123456789abcdef")
        .setMembers(List.of("account-9", "customer-2"))
        .setSize(5)
        .setLinks(List.of(link))
        .setLinksLeftOut(3)
        .build();
  }
}
