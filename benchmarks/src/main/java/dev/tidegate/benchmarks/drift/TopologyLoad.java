package dev.tidegate.benchmarks.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import dev.tidegate.benchmarks.drift.WatchedRelease.Monitor;
import dev.tidegate.retrain.stream.RunningTopology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the topologies of monitors cost a payment, each by itself and all side by side, over a
 * broker in this process. Topics are full before a topology starts; it reads a third of them to
 * warm up and is measured over the rest, as far as it says that it has processed it.
 *
 * <p>The cost is the processor time of its own threads: stream thread, producers, consumers. The
 * broker's is not in it. Nor are collector and compiler, which serve broker and topologies alike:
 * what they took in the same time is told beside it, of the whole process, as a bound from above.
 */
final class TopologyLoad {
  /** Payments a second of one core that monitors are to keep up with. */
  static final int AIM = 20_000;

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final double MICROS = 1e6;

  private final int features;
  private final long seed;
  private final Terminal terminal;

  TopologyLoad(int features, long seed, Terminal terminal) {
    this.features = features;
    this.seed = seed;
    this.terminal = terminal;
  }

  /**
   * A topology.
   *
   * @param topology its name
   * @param payments measured, from the last look before it was warm
   * @param recordsAPayment records that it processes for a payment, those it hands on to itself too
   * @param microsAPayment processor time of its threads, microseconds
   * @param perSecondPerCore payments a second of one core by that
   * @param seconds that passed meanwhile, waiting for the machine included
   */
  record Row(
      String topology,
      long payments,
      double recordsAPayment,
      double microsAPayment,
      double perSecondPerCore,
      double seconds) {}

  /**
   * Topologies that ran at the same time.
   *
   * @param rows each
   * @param microsAPayment of all of them
   * @param perSecondPerCore payments a second of one core that ran them all
   * @param processMicrosAPayment collector and compiler, of the whole process with its broker
   * @param leastPerSecondPerCore the same if all of that were theirs: a bound from below
   */
  record Group(
      List<Row> rows,
      double microsAPayment,
      double perSecondPerCore,
      double processMicrosAPayment,
      double leastPerSecondPerCore) {}

  /**
   * What it took.
   *
   * @param features of a vector
   * @param detectors that look at a vector, beside the panel
   * @param warmUp payments read before
   * @param aim payments a second of one core
   * @param alone each topology while no other ran
   * @param together all at the same time
   * @param told records on [drift] after all
   */
  record Throughput(
      int features,
      int detectors,
      int warmUp,
      int aim,
      List<Group> alone,
      Group together,
      long told) {
    /** Whether one core that runs all of them keeps up. */
    @JsonProperty
    boolean met() {
      return together.perSecondPerCore() >= aim;
    }
  }

  /** Measures over so many payments, after half as many to warm up. */
  Throughput measure(int payments) throws IOException {
    int warmUp = payments / 2;
    MonitoredPayments made = new MonitoredPayments(features, seed);
    WatchedRelease release = new WatchedRelease(made);
    try (PaymentTopics topics = new PaymentTopics(made)) {
      topics.fill(warmUp + payments, terminal);
      Measured measured = new Measured(topics, release, warmUp, payments);
      List<Group> alone = new ArrayList<>();
      for (Monitor monitor : Monitor.values()) {
        alone.add(measured.run("alone", List.of(monitor)));
      }
      Group together = measured.run("together", List.of(Monitor.values()));
      return new Throughput(
          features, release.detectors(), warmUp, AIM, alone, together, topics.told());
    }
  }

  /** Payments in topics, and how many of them are to warm up. */
  private record Measured(PaymentTopics topics, WatchedRelease release, int warmUp, int payments) {
    Group run(String how, List<Monitor> monitors) {
      List<Reading> readings = new ArrayList<>();
      try {
        for (Monitor monitor : monitors) {
          readings.add(new Reading(this, how, monitor));
        }
        boolean done =
            Stopwatch.await(LIMIT, () -> readings.stream().filter(Reading::reads).count() == 0);
        if (!done) {
          throw new IllegalStateException(
              how + " " + monitors + " did not come to the end of their topics within " + LIMIT);
        }
      } finally {
        readings.forEach(Reading::close);
      }
      return group(readings.stream().map(Reading::row).toList(), readings);
    }

    private static Group group(List<Row> rows, List<Reading> readings) {
      double micros = rows.stream().mapToDouble(Row::microsAPayment).sum();
      double process =
          readings.stream().mapToDouble(Reading::processMicrosAPayment).max().orElse(Double.NaN);
      return new Group(rows, micros, MICROS / micros, process, MICROS / (micros + process));
    }
  }

  /** A topology that reads. */
  private static final class Reading implements AutoCloseable {
    private final Measured measured;
    private final Monitor monitor;
    private final String application;
    private final RunningTopology topology;
    private Sample begun;
    private Sample newest;
    private boolean done;

    /**
     * A moment.
     *
     * @param processed records until then
     * @param times processor time until then
     */
    private record Sample(long processed, ThreadTimes times) {}

    Reading(Measured measured, String how, Monitor monitor) {
      this.measured = measured;
      this.monitor = monitor;
      application = how + "-" + monitor.name().toLowerCase(Locale.ROOT);
      topology =
          measured.release.start(
              monitor, application, measured.topics.folder(application), measured.topics.place());
      begun = new Sample(0, ThreadTimes.now(application));
      newest = begun;
    }

    /**
     * Looks how far it is; the last look at which it had done anything is its end.
     *
     * @return false once it has committed all, and processed what it handed on to itself
     */
    boolean reads() {
      if (!done) {
        long processed = ProcessedRecords.of(application);
        if (processed > newest.processed) {
          newest = new Sample(processed, ThreadTimes.now(application));
        }
        if (processed < (long) monitor.records() * measured.warmUp) {
          begun = newest;
        }
        long held = measured.topics.held(monitor);
        long handedOn = (long) monitor.handedOn() * (measured.warmUp + measured.payments);
        done =
            processed >= held + handedOn && measured.topics.committed(application, monitor) >= held;
      }
      return !done;
    }

    private double payments() {
      double share = 1 - (double) begun.processed / newest.processed;
      return share * (measured.warmUp + measured.payments);
    }

    double processMicrosAPayment() {
      return MICROS * (newest.times.processSeconds() - begun.times.processSeconds()) / payments();
    }

    Row row() {
      double micros = MICROS * (newest.times.seconds() - begun.times.seconds()) / payments();
      return new Row(
          monitor.name().toLowerCase(Locale.ROOT),
          Math.round(payments()),
          (double) newest.processed / (measured.warmUp + measured.payments),
          micros,
          MICROS / micros,
          newest.times.atSeconds() - begun.times.atSeconds());
    }

    @Override
    public void close() {
      topology.close();
    }
  }
}
