package dev.tidegate.graphaml.log;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.time.WallClock;
import java.util.Random;

/** What a checkpoint and a restart cost; argument: payments of a week. */
final class LogCost {
  private static final long WEEK_MS = 604_800_000L;

  private LogCost() {}

  public static void main(String[] args) {
    int payments = Integer.parseInt(args[0]);
    HeapLogStore store = new HeapLogStore();
    GraphLog log = new GraphLog(GraphSettings.defaults(), store);
    Random random = new Random(5);
    int accounts = payments / 10;
    for (int i = 0; i < payments; i++) {
      long timeMs = 1_700_000_000_000L + WEEK_MS / payments * i;
      Payment payment =
          new Payment(i, random.nextInt(accounts), random.nextInt(accounts), timeMs, 10_000, 0);
      if (log.graph().restore(payment) == Outcome.ADDED) {
        log.added(payment);
      }
    }
    log.flush();
    log.graph()
        .add(
            new Payment(-1, 1, 2, log.graph().newestMs(), 5, 0),
            new Findings(log.graph().layout()));
    log.added(new Payment(-1, 1, 2, log.graph().newestMs(), 5, 0));
    long before = store.bytesPut;
    long begun = WallClock.nanos();
    log.flush();
    long flushed = WallClock.nanos();
    System.out.println(
        "flush: " + (flushed - begun) / 1_000 + " us, " + (store.bytesPut - before) + " bytes");
    GraphLog again = new GraphLog(GraphSettings.defaults(), store.checkpoint());
    System.out.println(
        "restart: "
            + (WallClock.nanos() - flushed) / 1_000_000
            + " ms for "
            + payments
            + " payments, "
            + again.graph().accounts()
            + " accounts, "
            + again.chunks()
            + " chunks");
  }
}
