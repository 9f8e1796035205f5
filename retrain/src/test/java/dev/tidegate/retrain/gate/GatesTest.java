package dev.tidegate.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.drift.ScoreReference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which challengers pass, with rows whose truth is known. */
final class GatesTest {
  private static final GateSettings SETTINGS = GateSettings.of(2, 5);
  private static final double[] BETTER = {1.5, 2.6};
  private static final double[] WORSE = {2.6, 1.5};
  private static final double[] EQUAL = {2, 2};

  @Test
  void shouldPassAChallengerThatIsBetter() {
    Verdict verdict = judge(TrialFixture.rows(20_000, 0.01, BETTER, 1));

    assertThat(verdict.passed()).as(verdict.sentence()).isTrue();
    assertThat(verdict.sentence()).startsWith("all 7 gates passed on 20000 payments");
  }

  @Test
  void shouldRefuseABadChallengerWithItsFigures() {
    Verdict verdict = judge(TrialFixture.rows(20_000, 0.01, WORSE, 2));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.sentence())
        .startsWith("refused: PR-AUC 0.")
        .containsPattern("against the champion's 0\\.\\d{4}, difference -0\\.\\d{4}")
        .contains("recall at 2.0 % alerts", ": not better");
  }

  @Test
  void shouldRefuseTheChampionItself() {
    TrialRows rows = new TrialRows();
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      boolean fraud = i % 50 == 0;
      double score = TrialFixture.score(random, fraud ? 2 : 0);
      rows.add(score, score, new TrialRows.Facts(fraud, null, null, List.of()));
    }

    assertThat(judge(rows).sentence())
        .contains("difference +0.0000, interval +0.0000 to +0.0000: not better");
  }

  /**
   * Of equal models with noise of their own at most the level passes; three standard deviations of
   * 300 trials are added. Both gates together are stricter than either.
   */
  @Test
  void shouldSeldomPassAChallengerThatIsOnlyAsGood() {
    GateSettings quick =
        new GateSettings(
            2,
            new GateSettings.Bootstrap(200, 0.05, 5, 20),
            SETTINGS.segments(),
            SETTINGS.fairness(),
            SETTINGS.stability(),
            5);
    int precision = 0;
    int both = 0;
    int trials = 300;
    for (int trial = 0; trial < trials; trial++) {
      PairedBootstrap.Found found =
          new PairedBootstrap(TrialFixture.rows(2_500, 0.03, EQUAL, 100 + trial), quick).run();
      boolean betterPrecision = found.averagePrecision().low() > 0;
      precision += betterPrecision ? 1 : 0;
      both += betterPrecision && found.recallAtBudget().low() > 0 ? 1 : 0;
    }
    double allowed = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / trials);
    System.out.println(
        "equal models: PR-AUC better in " + precision + ", both in " + both + " of " + trials);

    assertThat((double) precision / trials).isLessThan(allowed);
    assertThat((double) both / trials).isLessThan(allowed);
  }

  @Test
  void shouldSayTheSameOfTheSameRowsAndSeed() {
    TrialRows rows = TrialFixture.rows(5_000, 0.02, BETTER, 9);

    assertThat(judge(rows)).isEqualTo(judge(rows));
  }

  @Test
  void shouldRefuseToDecideOnFewFrauds() {
    Verdict verdict = judge(TrialFixture.rows(1_000, 0.005, BETTER, 4));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.sentence()).contains("fewer than 20 decide nothing");
  }

  @Test
  void shouldRefuseAChallengerThatIsBetterOverAllAndWorseInASegment() {
    TrialRows rows = new TrialRows();
    Random random = new Random(6);
    for (int i = 0; i < 30_000; i++) {
      boolean fraud = random.nextInt(100) == 0;
      boolean branch = random.nextInt(8) == 0;
      double before = TrialFixture.score(random, fraud ? (branch ? 3 : 1) : 0);
      double after = TrialFixture.score(random, fraud ? (branch ? 0 : 3) : 0);
      rows.add(
          before,
          after,
          new TrialRows.Facts(
              fraud, null, null, List.of(branch ? "channel=branch" : "channel=online")));
    }
    Verdict verdict = judge(rows);

    assertThat(verdict.checks().get(0).passed()).isTrue();
    assertThat(verdict.checks().get(1).passed()).isTrue();
    assertThat(verdict.sentence())
        .startsWith("refused: channel=branch loses 0.")
        .contains("where 0.05 is allowed");
  }

  @Test
  void shouldRefuseAChallengerThatStopsOneGroupMoreOften() {
    TrialRows rows = new TrialRows();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      boolean fraud = random.nextInt(100) == 0;
      boolean abroad = random.nextInt(3) == 0;
      double before = TrialFixture.score(random, fraud ? 1 : 0);
      double after = TrialFixture.score(random, (fraud ? 4 : 0) + (abroad ? 1 : 0));
      rows.add(
          before, after, new TrialRows.Facts(fraud, null, abroad ? "abroad" : "home", List.of()));
    }

    assertThat(judge(rows).sentence())
        .contains("refused: false-positive-rate ratio of abroad")
        .contains("beyond 1.250");
  }

  /** What the champion does to a group already would otherwise keep the champion, and so itself. */
  @Test
  void shouldNotRefuseAChallengerForWhatTheChampionDoesAsWell() {
    TrialRows rows = abroadStopped(0.2, 0.2);
    assertThat(judge(rows).passed()).as(judge(rows).sentence()).isTrue();
    assertThat(judge(rows).checks().get(3).sentence())
        .contains("beyond them and no worse than the champion's");

    assertThat(judge(abroadStopped(0.2, 0.45)).sentence())
        .as("worse")
        .contains("refused: false-positive-rate ratio of abroad");
    assertThat(judge(abroadStopped(1, 1)).sentence())
        .as("no worse, but beyond the floor")
        .contains("refused: false-positive-rate ratio of abroad");
  }

  /** Payments from abroad get higher scores, by so much from each model. */
  private static TrialRows abroadStopped(double champion, double challenger) {
    TrialRows rows = new TrialRows();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      boolean fraud = random.nextInt(100) == 0;
      boolean abroad = random.nextInt(3) == 0;
      double before = TrialFixture.score(random, (fraud ? 1 : 0) + (abroad ? champion : 0));
      double after = TrialFixture.score(random, (fraud ? 4 : 0) + (abroad ? challenger : 0));
      rows.add(
          before, after, new TrialRows.Facts(fraud, null, abroad ? "abroad" : "home", List.of()));
    }
    return rows;
  }

  /** One payment from a country, and a false alarm: of that group nothing is known. */
  @Test
  void shouldNotRefuseForAGroupOfOnePayment() {
    TrialRows rows = new TrialRows();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      boolean fraud = random.nextInt(100) == 0;
      boolean alone = i == 7;
      rows.add(
          TrialFixture.score(random, fraud ? 1 : 0),
          alone ? 0.99999 : TrialFixture.score(random, fraud ? 4 : 0),
          new TrialRows.Facts(fraud && !alone, null, alone ? "IE" : "DE", List.of()));
    }
    assertThat(judge(rows).passed()).as(judge(rows).sentence()).isTrue();
  }

  @Test
  void shouldRefuseScoresThatMoveAlertsThatFloodAndAModelThatIsSlow() {
    TrialRows rows = TrialFixture.rows(20_000, 0.01, BETTER, 1);
    double[] elsewhere =
        Arrays.stream(rows.challengerScores()).map(score -> score * score * score).toArray();

    assertThat(new Gates(SETTINGS).judge(rows, challenger(elsewhere, 0.99, 1)).sentence())
        .startsWith("refused: PSI of its scores");
    assertThat(
            new Gates(SETTINGS).judge(rows, challenger(rows.challengerScores(), 0.6, 1)).sentence())
        .startsWith("refused: its threshold alerts on");
    assertThat(
            new Gates(SETTINGS)
                .judge(rows, challenger(rows.challengerScores(), 0.99, 9))
                .sentence())
        .isEqualTo("refused: 99 of 100 payments scored within 9.00 ms where 5.0 ms is allowed");
  }

  private static Verdict judge(TrialRows rows) {
    double[] sorted = Arrays.stream(rows.challengerScores()).sorted().toArray();
    double threshold = sorted[(int) (sorted.length * 0.98)];
    return new Gates(SETTINGS).judge(rows, challenger(rows.challengerScores(), threshold, 1));
  }

  private static Challenger challenger(double[] madeOn, double threshold, double latencyMs) {
    ScoreBins bins = ScoreBins.quantiles(madeOn);
    List<Long> counts = Arrays.stream(bins.count(madeOn)).boxed().toList();
    return new Challenger(new ScoreReference("next", bins, counts), threshold, latencyMs);
  }
}
