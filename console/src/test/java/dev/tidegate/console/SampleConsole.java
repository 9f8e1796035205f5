package dev.tidegate.console;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.status.PlatformStatus;
import dev.tidegate.console.store.AlertStore;
import dev.tidegate.console.store.PatternStore;
import dev.tidegate.console.store.ReasonStore;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.util.List;

/**
 * A console over sample alerts, to look at while working on the page. Each line on stdin raises one
 * more alert and gives the reasons of the one before; it ends with anything else.
 */
public final class SampleConsole {
  private SampleConsole() {}

  /** Arguments: how many alerts (60). */
  public static void main(String[] args) throws IOException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    try (TestDatabase databases = new TestDatabase()) {
      String jdbcUrl = databases.create();
      SampleAlerts samples = new SampleAlerts(7, WallClock.INSTANCE.millis());
      try (HikariDataSource database = TestDatabase.open(jdbcUrl);
          Console console =
              Console.start(
                  TestDatabase.settings(jdbcUrl),
                  () -> new PlatformStatus("simulator", 1_204_911, 1_204_873, 12, 1840.4, 18.7))) {
        AlertStore store = new AlertStore(database);
        ReasonStore reasons = new ReasonStore(database);
        List<Alert> alerts = samples.take(count);
        store.accept(LogBatch.of(alerts));
        SamplePatterns patterns = new SamplePatterns(7, WallClock.INSTANCE.millis());
        new PatternStore(database).accept(LogBatch.of(patterns.each()));
        alerts.subList(0, count - 1).forEach(alert -> explain(reasons, alert));
        System.out.println(console.url());
        Alert last = alerts.get(count - 1);
        for (int number = count; System.in.read() == '\n'; number++) {
          explain(reasons, last);
          last = samples.alert(number, WallClock.INSTANCE.millis());
          store.accept(LogBatch.of(List.of(last)));
        }
      }
    }
  }

  private static void explain(ReasonStore reasons, Alert alert) {
    reasons.accept(
        LogBatch.of(List.of(SampleReasons.of(alert, "2026-11", WallClock.INSTANCE.millis()))));
  }
}
