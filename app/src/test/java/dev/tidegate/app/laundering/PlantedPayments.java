package dev.tidegate.app.laundering;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random payments between 200 accounts over a hundred steps, in which each fifth step has a fan-in
 * of eight payers to one account, and each tenth a cycle of three. Amounts are drawn alike. Seeded.
 */
final class PlantedPayments {
  static final int ACCOUNTS = 200;
  static final int STEPS = 100;
  private static final int PAYERS = 8;

  private final Random random = new Random(20_261_128);
  private final List<LabelledPayment> payments = new ArrayList<>();
  private final long stepMs;

  private PlantedPayments(long stepMs) {
    this.stepMs = stepMs;
  }

  /** Payments of steps of this length. */
  static List<LabelledPayment> of(long stepMs) {
    PlantedPayments planted = new PlantedPayments(stepMs);
    for (int step = 0; step < STEPS; step++) {
      planted.step(step);
    }
    return planted.payments;
  }

  private void step(int step) {
    for (int i = 0; i < 60; i++) {
      int source = random.nextInt(ACCOUNTS);
      add(step, source, (source + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS, null);
    }
    if (step % 5 == 0) {
      int target = random.nextInt(ACCOUNTS);
      for (int i = 1; i <= PAYERS; i++) {
        add(step, (target + 7 * i) % ACCOUNTS, target, "fan_in");
      }
    }
    if (step % 10 == 3) {
      int first = random.nextInt(ACCOUNTS);
      for (int i = 0; i < 3; i++) {
        add(step, (first + 5 * i) % ACCOUNTS, (first + 5 * ((i + 1) % 3)) % ACCOUNTS, "cycle");
      }
    }
  }

  private void add(int step, int source, int target, @Nullable String of) {
    payments.add(
        new LabelledPayment(
            "p" + payments.size(),
            source,
            target,
            step * stepMs,
            1_000 + random.nextInt(100_000),
            0,
            0,
            of != null,
            of,
            of == null ? null : of + step));
  }
}
