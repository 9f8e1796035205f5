package dev.tidegate.scoring.reasons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.scoring.reasons.ReasonPool.Admission;
import dev.tidegate.scoring.reasons.ReasonPool.Bounds;
import dev.tidegate.scoring.reasons.ReasonPool.Counts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class ReasonPoolTest {
  private final List<String> delivered = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Test
  void shouldTellTheAskerWhenItIsFullAndDeliverLater() {
    ReasonPool pool = pool(new Bounds(2, 1, 1));

    assertThat(pool.ask("a", row(1))).isEqualTo(Admission.QUEUED);
    assertThat(pool.ask("b", row(2))).isEqualTo(Admission.QUEUED);
    assertThat(pool.ask("c", row(3))).isEqualTo(Admission.LATER);
    assertThat(pool.ask("d", row(4))).isEqualTo(Admission.REFUSED);
    assertThat(delivered).isEmpty();

    run();
    assertThat(delivered).containsExactly("a 1.0", "b 2.0", "c 3.0");
    assertThat(pool.counts()).isEqualTo(new Counts(3, 1, 1, 0));
    assertThat(pool.ask("e", row(5))).isEqualTo(Admission.QUEUED);
    run();
    assertThat(delivered).endsWith("e 5.0");
  }

  @Test
  void shouldExplainTheRowAsItWasWhenAsked() {
    ReasonPool pool = pool(new Bounds(1, 0, 1));
    float[] row = row(1);
    pool.ask("a", row);
    row[0] = 9;
    run();

    assertThat(delivered).containsExactly("a 1.0");
  }

  @Test
  void shouldGoOnAfterARowThatCannotBeExplained() {
    ReasonPool pool = pool(new Bounds(5, 0, 1));
    pool.ask("a", row(-1));
    pool.ask("b", row(2));
    run();

    assertThat(delivered).containsExactly("b 2.0");
    assertThat(pool.counts()).isEqualTo(new Counts(1, 0, 0, 1));
  }

  @Test
  void shouldDropWhatWaitsWhenClosed() {
    ReasonPool pool = pool(new Bounds(2, 2, 1));
    pool.ask("a", row(1));
    pool.close();

    assertThat(pool.ask("b", row(2))).isEqualTo(Admission.REFUSED);
    run();
    assertThat(delivered).isEmpty();
    assertThat(pool.counts()).isEqualTo(new Counts(0, 0, 2, 0));
  }

  @Test
  void shouldKeepARequestForTheNextWorkerWhereTheExecutorRefuses() {
    boolean[] open = {false};
    ReasonPool pool =
        new ReasonPool(
            ReasonPoolTest::explained,
            (id, reasons) -> delivered.add(id),
            task -> {
              if (!open[0]) {
                throw new RejectedExecutionException("shut down");
              }
              task.run();
            },
            new Bounds(3, 0, 1));
    pool.ask("a", row(1));
    open[0] = true;
    pool.ask("b", row(2));

    assertThat(delivered).containsExactly("a", "b");
  }

  @Test
  void shouldLoseNoneAndRepeatNoneWithManyAskersAndWorkers() throws InterruptedException {
    Map<String, Integer> times = new ConcurrentHashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      ReasonPool pool =
          new ReasonPool(
              ReasonPoolTest::explained,
              (id, reasons) -> times.merge(id, 1, Integer::sum),
              executor,
              new Bounds(50, 2000, 3));
      List<Thread> askers = new ArrayList<>();
      for (int asker = 0; asker < 4; asker++) {
        String name = "asker-" + asker;
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    pool.ask(name + "-" + i, row(i));
                  }
                });
        askers.add(thread);
        thread.start();
      }
      for (Thread asker : askers) {
        asker.join();
      }
      await().until(() -> pool.counts().explained() == 2000);
      assertThat(times).hasSize(2000).allSatisfy((id, count) -> assertThat(count).isOne());
    } finally {
      executor.shutdownNow();
    }
  }

  private ReasonPool pool(Bounds bounds) {
    return new ReasonPool(
        ReasonPoolTest::explained,
        (id, reasons) -> delivered.add(id + " " + reasons.margin()),
        tasks::add,
        bounds);
  }

  private void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static Reasons explained(float[] row) {
    if (row[0] < 0) {
      throw new IllegalArgumentException("planted");
    }
    return new Reasons("1", 0, row[0], List.of());
  }

  private static float[] row(float value) {
    return new float[] {value};
  }
}
