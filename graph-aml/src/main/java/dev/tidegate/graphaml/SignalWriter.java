package dev.tidegate.graphaml;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.schemas.event.AccountRole;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What a graph found about a payment, as the event that tells it. Immutable. */
public final class SignalWriter {
  private final String digest;
  private final List<Float> nothing;

  /** Under these settings. */
  public SignalWriter(GraphSettings settings) {
    SignalSet signals = SignalSet.of(settings);
    digest = signals.digest();
    nothing = Collections.nCopies(signals.names().size(), Float.NaN);
  }

  /**
   * The signal of a payment about which all is known.
   *
   * @param late whether it came behind the watermark
   */
  public GraphSignal signal(Transaction payment, Findings findings, boolean late) {
    return signal(payment, findings, late, false);
  }

  /**
   * The signal of a payment.
   *
   * @param late whether it came behind the watermark
   * @param cut whether the bound cut off answers that had not come
   */
  public GraphSignal signal(Transaction payment, Findings findings, boolean late, boolean cut) {
    double[] found = findings.values();
    List<Float> values = new ArrayList<>(found.length);
    for (double value : found) {
      values.add((float) value);
    }
    return signal(payment, values, late, cut);
  }

  /** The signal of a payment that the graph did not take: nothing of it is a number. */
  public GraphSignal nothing(Transaction payment, boolean late) {
    return signal(payment, nothing, late, false);
  }

  private GraphSignal signal(Transaction payment, List<Float> values, boolean late, boolean cut) {
    return new GraphSignal(
        payment.getTransactionId(),
        payment.getEventTimeMs(),
        payment.getIngestedAtMs(),
        payment.getPayerAccount(),
        AccountRole.PAYER,
        Objects.requireNonNull(payment.getPayeeAccount()),
        digest,
        values,
        late,
        payment,
        cut);
  }
}
