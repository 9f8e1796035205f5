package dev.tidegate.schemas.codec;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One fixed event of each kind, with every field set to a value that its default is not. */
final class SampleEvents {
  static final long TIME = 1_532_476_800_000L;
  static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private SampleEvents() {}

  static List<SpecificRecord> all() {
    return List.of(
        transaction(),
        rejected(),
        label(),
        features(),
        GraphSampleEvents.signal(),
        GraphSampleEvents.sighting(),
        GraphSampleEvents.cluster(),
        decision(),
        alert(),
        reasons(),
        GraphSampleEvents.pattern(),
        shadow(),
        drift(),
        RetrainSamples.request(),
        RetrainSamples.run(),
        release(),
        rule(),
        audit());
  }

  static Transaction transaction() {
    return Transaction.newBuilder()
        .setTransactionId("t-000042")
        .setEventTimeMs(TIME)
        .setIngestedAtMs(TIME + 17)
        .setSource("card_handbook")
        .setSourceOffset(43)
        .setPayerAccount("acc-1")
        .setPayeeAccount("acc-2")
        .setCustomerId("customer-596")
        .setCardToken("5e884898da28047151d0e56f8dc62927")
        .setCardBin("411111")
        .setCardLastFour("1111")
        .setAmountMinor(-12_345)
        .setCurrency("EUR")
        .setMerchantId("merchant-7")
        .setTerminalId("terminal-3156")
        .setMerchantCategory("5411")
        .setDeviceId("device-9")
        .setIpAddress("192.0.2.1")
        .setPayerCountry("DE")
        .setPayeeCountry("FR")
        .setChannel("card")
        .build();
  }

  private static Rejected rejected() {
    return Rejected.newBuilder()
        .setSource("card_handbook")
        .setSourceOffset(44)
        .setReason("amount-unreadable")
        .setField("TX_AMOUNT")
        .setDetail("The amount is not a number.")
        .setRejectedAtMs(TIME + 18)
        .setTopic("bank.raw")
        .setPartition(3)
        .build();
  }

  private static Label label() {
    return Label.newBuilder()
        .setTransactionId("t-000042")
        .setEventTimeMs(TIME)
        .setKnownAtMs(TIME + 604_800_000L)
        .setFraud(true)
        .setKind("stolen_card")
        .setOrigin("chargeback")
        .build();
  }

  private static FeatureVector features() {
    return FeatureVector.newBuilder(featuresWithoutSequences())
        .setApproximate(true)
        .setSequences(List.of(List.of(60.0f, Float.NaN, 0.0f, 12.5f), List.of()))
        .build();
  }

  /** What vectors were before they had sequences. */
  static FeatureVector featuresWithoutSequences() {
    return FeatureVector.newBuilder()
        .setTransaction(transaction())
        .setFeatureDigest(DIGEST)
        .setValues(List.of(1.0f, -0.5f, Float.NaN, 3.25e7f))
        .setLate(true)
        .build();
  }

  private static Decision decision() {
    return Decision.newBuilder()
        .setDecisionId("0123456789abcdef0123456789abcdef")
        .setTransactionId("t-000042")
        .setPayerAccount("acc-1")
        .setEventTimeMs(TIME)
        .setIngestedAtMs(TIME + 17)
        .setDecidedAtMs(TIME + 25)
        .setScore(0.8125)
        .setOutcome(Outcome.HOLD)
        .setRelease("card-fraud-sim-0001")
        .setFeatureDigest(DIGEST)
        .setRuleSet("rules-3")
        .setRules(List.of("velocity-1", "corridor-2"))
        .setDegraded("model-timeout")
        .build();
  }

  private static Alert alert() {
    return Alert.newBuilder()
        .setAlertId("fedcba9876543210fedcba9876543210")
        .setLane(Lane.AML)
        .setTransaction(transaction())
        .setCreatedAtMs(TIME + 26)
        .setScore(0.8125)
        .setThreshold(0.75)
        .setOutcome(Outcome.STEP_UP)
        .setRelease("card-fraud-sim-0001")
        .setFeatureDigest(DIGEST)
        .setFeatureNames(List.of("amount", "hour_of_day"))
        .setFeatureValues(List.of(-123.45f, 0.0f))
        .setRules(List.of("velocity-1"))
        .setRuleSet("rules-3")
        .setDegraded("model-timeout")
        .build();
  }

  static Alert alertWithoutRuleSet() {
    return Alert.newBuilder(alert()).clearRuleSet().clearDegraded().build();
  }

  private static AlertReasons reasons() {
    return AlertReasons.newBuilder()
        .setAlertId("fedcba9876543210fedcba9876543210")
        .setRelease("card-fraud-sim-0001")
        .setTableVersion("2026-11")
        .setExpectedMargin(-6.5)
        .setMargin(2.25)
        .setExplainedAtMs(TIME + 27)
        .setReasons(
            List.of(
                AlertReason.newBuilder()
                    .setCode("R01")
                    .setFamily("velocity")
                    .setFeature("card_count_1h")
                    .setValue(7)
                    .setLogOdds(3.125)
                    .setEnglish("Many payments in a short time")
                    .setChinese("\u77ed\u65f6\u95f4\u5185\u591a\u7b14\u4ea4\u6613")
                    .build()))
        .build();
  }

  private static ShadowScore shadow() {
    return ShadowScore.newBuilder()
        .setTransactionId("t-000042")
        .setEventTimeMs(TIME)
        .setScoredAtMs(TIME + 25)
        .setRelease("card-fraud-sim-0002")
        .setScore(0.375)
        .setOutcome(Outcome.STEP_UP)
        .setDegraded("model-failure")
        .setServingRelease("card-fraud-sim-0001")
        .setServingScore(0.8125)
        .setServingOutcome(Outcome.HOLD)
        .setPayerAccount("a-000007")
        .build();
  }

  /** As it was before it told who pays. */
  static ShadowScore shadowWithoutPayer() {
    return ShadowScore.newBuilder(shadow()).clearPayerAccount().build();
  }

  private static DriftMeasurement drift() {
    return DriftMeasurement.newBuilder()
        .setMeasurementId("score-psi:score:1532476800000")
        .setMonitor("score-psi")
        .setSubject("score")
        .setRelease("card-fraud-sim-0001")
        .setWindowStartMs(TIME)
        .setWindowEndMs(TIME + 3_600_000)
        .setSamples(5_000)
        .setReferenceSamples(100_000)
        .setStatistic(0.0421)
        .setThreshold(0.0173)
        .setPValue(0.0009)
        .setDrifted(true)
        .setFilling(0.25)
        .build();
  }

  /** A reading as it was written before monitors said whether they compare yet. */
  static DriftMeasurement driftOfBeforeMonitorsFilled() {
    return DriftMeasurement.newBuilder(drift()).setFilling(null).build();
  }

  private static ModelRelease release() {
    return ModelRelease.newBuilder()
        .setRelease("card-fraud-sim-0002")
        .setModel("card-fraud")
        .setAction(ReleaseAction.CANARY)
        .setUri("config/releases/card-fraud-sim-0002")
        .setManifestSha256(DIGEST)
        .setFeatureDigest(DIGEST)
        .setCanaryPercent(5)
        .setBy("alice")
        .setAtMs(TIME + 50)
        .build();
  }

  private static Rule rule() {
    return Rule.newBuilder()
        .setRuleId("velocity-1")
        .setVersion(2)
        .setName("Many payments in an hour")
        .setExpression("features.account_count_1h > 10.0")
        .setOutcome(Outcome.DECLINE)
        .setWeight(1.5)
        .setTypology("fan_out")
        .setActive(true)
        .setBy("alice")
        .setApprovedBy("bob")
        .setAtMs(TIME + 60)
        .build();
  }

  private static AuditEvent audit() {
    return AuditEvent.newBuilder()
        .setSequence(7)
        .setAtMs(TIME + 70)
        .setActor("bob")
        .setAction("model.promote")
        .setSubject("card-fraud")
        .setFrom("card-fraud-sim-0001")
        .setTo("card-fraud-sim-0002")
        .setPreviousHash(DIGEST)
        .setHash("60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752")
        .build();
  }
}
