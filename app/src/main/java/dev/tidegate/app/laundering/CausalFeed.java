package dev.tidegate.app.laundering;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.TemporalGraph;

/**
 * Hands a set's payments to a graph in the order of time and tells what it finds about each as of
 * its moment. Where times are whole days, as of the end of the day: all of a day's payments are put
 * in, and then each is asked about. Labels are not looked at. The graph knows a payment by its
 * place in the set.
 */
final class CausalFeed {
  private final LaunderingSet set;
  private final TemporalGraph graph;
  private final Findings findings;

  /** A feed into an empty graph. */
  CausalFeed(LaunderingSet set, GraphSettings settings) {
    this.set = set;
    graph = new TemporalGraph(settings);
    findings = new Findings(graph.layout());
  }

  /** Is told about payments in their order. */
  interface Receiver {
    /**
     * One payment.
     *
     * @param place in the set
     * @param findings to be read at once: overwritten by the next
     */
    void payment(int place, Findings findings);
  }

  /** Names of the signals. */
  SignalLayout layout() {
    return graph.layout();
  }

  /** Feeds all payments, once. */
  void each(Receiver receiver) {
    if (set.wholeDays()) {
      dayByDay(receiver);
    } else {
      oneByOne(receiver);
    }
  }

  private void oneByOne(Receiver receiver) {
    for (int i = 0; i < set.payments().size(); i++) {
      Outcome outcome = graph.add(paymentOf(i), findings);
      if (outcome != Outcome.ADDED) {
        throw new IllegalStateException("payment " + set.payments().get(i).id() + ": " + outcome);
      }
      receiver.payment(i, findings);
    }
  }

  private void dayByDay(Receiver receiver) {
    int from = 0;
    for (int i = 0; i < set.payments().size(); i++) {
      graph.restore(paymentOf(i));
      if (set.lastOfItsMoment(i)) {
        for (; from <= i; from++) {
          graph.review(paymentOf(from), findings);
          receiver.payment(from, findings);
        }
      }
    }
  }

  private Payment paymentOf(int place) {
    LabelledPayment payment = set.payments().get(place);
    return new Payment(
        place,
        payment.source(),
        payment.target(),
        payment.timeMs(),
        payment.amountMinor(),
        payment.currency());
  }
}
