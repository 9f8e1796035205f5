package dev.tidegate.console;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import java.util.List;

/** Reasons that look like a model's, for an alert of {@link SampleAlerts}. */
public final class SampleReasons {
  private SampleReasons() {}

  /** Four reasons whose sum is a little more than what the alert's score stands for. */
  public static AlertReasons of(Alert alert, String tableVersion, long explainedAtMs) {
    double margin = Math.log(alert.getScore() / (1 - alert.getScore()));
    return AlertReasons.newBuilder()
        .setAlertId(alert.getAlertId())
        .setRelease(alert.getRelease())
        .setTableVersion(tableVersion)
        .setExpectedMargin(-5.3)
        .setMargin(margin)
        .setExplainedAtMs(explainedAtMs)
        .setReasons(
            List.of(
                reason(
                    alert,
                    "VEL-01",
                    "account_count_1h",
                    0.46 * (margin + 5.6),
                    "The account pays more often than it usually does.",
                    "\u8be5\u8d26\u6237\u7684\u652f\u4ed8\u6b21\u6570\u8fdc\u9ad8\u4e8e\u5e73\u65f6\u3002"),
                reason(
                    alert,
                    "AMT-02",
                    "account_z_score_30d",
                    0.31 * (margin + 5.6),
                    "The amount is far above what this account pays.",
                    "\u4ea4\u6613\u91d1\u989d\u660e\u663e\u9ad8\u4e8e\u8be5\u8d26\u6237\u5e73\u65f6\u7684\u6c34\u5e73\u3002"),
                reason(
                    alert,
                    "CPY-04",
                    "counterparty_risk_7d",
                    0.17 * (margin + 5.6),
                    "Payments to this counterparty were fraud before.",
                    "\u8be5\u4ea4\u6613\u5bf9\u624b\u66fe\u51fa\u73b0\u6b3a\u8bc8\u4ea4\u6613\u3002"),
                reason(
                    alert,
                    "TIM-01",
                    "hour_of_day",
                    0.06 * (margin + 5.6),
                    "The hour is unusual for this customer.",
                    "\u4ea4\u6613\u65f6\u95f4\u5bf9\u8be5\u5ba2\u6237\u800c\u8a00\u5e76\u4e0d\u5e38\u89c1\u3002")))
        .build();
  }

  private static AlertReason reason(
      Alert alert, String code, String feature, double logOdds, String english, String chinese) {
    int at = alert.getFeatureNames().indexOf(feature);
    return AlertReason.newBuilder()
        .setCode(code)
        .setFamily(code.substring(0, 3))
        .setFeature(feature)
        .setValue(at < 0 ? Float.NaN : alert.getFeatureValues().get(at))
        .setLogOdds(logOdds)
        .setEnglish(english)
        .setChinese(chinese)
        .build();
  }
}
