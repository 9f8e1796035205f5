package dev.tidegate.console.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.console.SampleControl;
import dev.tidegate.console.control.ControlLog;
import dev.tidegate.console.drift.DriftBook.Monitor;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.schemas.event.DriftMeasurement;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftBookTest {
  private static final long HOUR = 3_600_000;

  private final DriftBook book = new DriftBook();
  private final ControlLog<DriftMeasurement> log = book.log();

  private void add(String monitor, String subject, long end, double statistic) {
    log.accept(LogBatch.of(List.of(SampleControl.reading(monitor, subject, end, statistic, 10))));
  }

  @Test
  void shouldKeepReadingsByTheTimeOfTheirWindowsAndEachOnce() {
    add("score-psi", "score", 3 * HOUR, 1);
    add("score-psi", "score", 2 * HOUR, 11);
    add("score-psi", "score", 2 * HOUR, 11);

    Monitor monitor = book.monitors().get(0);
    assertThat(monitor.readings())
        .extracting(DriftBook.Reading::endMs)
        .containsExactly(2 * HOUR, 3 * HOUR);
    assertThat(monitor.alarms()).isEqualTo(1);
    assertThat(monitor.newest().drifted()).isFalse();
    assertThat(book.version()).isEqualTo(2);
  }

  @Test
  void shouldPutThoseInAlarmFirstAndThoseThatTellAlarmsAloneLast() {
    add("quality-null", "amount", HOUR, 12);
    add("alert-rate", "fall", HOUR, 1);
    add("score-psi", "score", HOUR, 12);

    assertThat(book.monitors())
        .extracting(Monitor::monitor)
        .containsExactly("score-psi", "alert-rate", "quality-null");
  }

  @Test
  void shouldSayThatAMonitorComparesNothingYet() {
    DriftMeasurement young =
        DriftMeasurement.newBuilder(
                SampleControl.reading("score-psi", "score", HOUR, Double.NaN, 10))
            .setFilling(0.2571)
            .build();
    log.accept(LogBatch.of(List.of(young)));
    assertThat(book.monitors().get(0).newest().state()).isEqualTo("filling, 25 %");
    assertThat(DriftJson.of(1, book.monitors(), 0).get("monitors").get(0).get("state").asText())
        .isEqualTo("filling, 25 %");
    add("score-psi", "score", 2 * HOUR, 12);
    assertThat(book.monitors().get(0).newest().state()).isEqualTo("drift");
  }

  @Test
  void shouldStayWithinItsBounds() {
    for (int i = 0; i < DriftBook.MOST_READINGS + 3; i++) {
      add("score-psi", "score", i * HOUR, 12);
    }
    for (int i = 0; i < DriftBook.MOST_MONITORS; i++) {
      add("quality-null", "feature-" + i, HOUR, 1);
    }

    assertThat(book.monitors()).hasSize(DriftBook.MOST_MONITORS);
    assertThat(book.monitors()).noneMatch(one -> one.monitor().equals("score-psi"));
    add("score-psi", "score", HOUR, 12);
    for (int i = 1; i < DriftBook.MOST_READINGS + 3; i++) {
      add("score-psi", "score", i * HOUR + HOUR, 12);
    }
    Monitor monitor = book.monitors().get(0);
    assertThat(monitor.readings()).hasSize(DriftBook.MOST_READINGS);
    assertThat(monitor.alarms()).isEqualTo(DriftBook.MOST_READINGS + 3);
  }

  @Test
  void shouldTellAsJsonWhatChangedAndNoNumberThatJsonLacks() {
    add("score-psi", "score", HOUR, 1);
    long since = book.version();
    add("alert-rate", "rise", HOUR, Double.NaN);

    ObjectNode all = DriftJson.of(book.version(), book.monitors(), 0);
    ObjectNode changed = DriftJson.of(book.version(), book.monitors(), since);

    assertThat(all.get("monitors")).hasSize(2);
    assertThat(changed.get("order")).hasSize(2);
    assertThat(changed.get("monitors")).hasSize(1);
    assertThat(changed.get("monitors").get(0).get("name").asText()).isEqualTo("alert-rate:rise");
    assertThat(changed.get("monitors").get(0).get("evidence").asBoolean()).isTrue();
    assertThat(changed.get("monitors").get(0).get("values").get(0).isNull()).isTrue();
    assertThat(changed.get("monitors").get(0).get("threshold").get(0).asDouble()).isEqualTo(10);
  }
}
