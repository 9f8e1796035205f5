package dev.tidegate.benchmarks.drift;

import java.util.ArrayList;
import java.util.List;

/**
 * A detector over the errors of naive Bayes on a labelled stream: each row is predicted, then
 * learned. At an alarm model and detector begin anew. The first alarm within 2,000 rows after a
 * point is its hit; further ones there belong to it too; any other alarm is false.
 *
 * @param stream its name
 * @param points changes there are
 * @param hits changes that were told
 * @param falseAlarms alarms outside the points' 2,000 rows
 * @param delays rows from point to hit
 */
record StreamTrial(String stream, int points, int hits, int falseAlarms, List<Integer> delays) {
  private static final int WITHIN = 2_000;

  /** Runs a setting over a stream. */
  static StreamTrial run(LabelledStream stream, Setting setting) {
    List<Integer> points = stream.points();
    Integer[] hit = new Integer[points.size()];
    int falseAlarms = 0;
    for (int alarm : alarms(stream, setting)) {
      int point = pointBefore(points, alarm);
      if (point < 0) {
        falseAlarms++;
      } else if (hit[point] == null) {
        hit[point] = alarm - points.get(point);
      }
    }
    List<Integer> delays = new ArrayList<>();
    for (Integer delay : hit) {
      if (delay != null) {
        delays.add(delay);
      }
    }
    return new StreamTrial(stream.name(), points.size(), delays.size(), falseAlarms, delays);
  }

  private static int pointBefore(List<Integer> points, int row) {
    for (int p = 0; p < points.size(); p++) {
      if (row >= points.get(p) && row - points.get(p) <= WITHIN) {
        return p;
      }
    }
    return -1;
  }

  private static List<Integer> alarms(LabelledStream stream, Setting setting) {
    List<Integer> alarms = new ArrayList<>();
    NaiveBayes model = new NaiveBayes(stream.nominal());
    ChangeDetector detector = setting.make().apply(Double.NaN);
    for (int row = 0; row < stream.rows().size(); row++) {
      double[] values = stream.rows().get(row);
      boolean wrong = model.predict(values) != (int) values[values.length - 1];
      model.learn(values);
      if (detector.observe(wrong)) {
        alarms.add(row);
        model = new NaiveBayes(stream.nominal());
        detector = setting.make().apply(Double.NaN);
      }
    }
    return alarms;
  }
}
