package dev.tidegate.lab.bank;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated bank learns of its payments later, for a feed that is made while it is read:
 * it is told each payment as its row is made ({@link SimulatorCsv}) and asked for it once the row
 * was read. Remembers the newest {@value #REMEMBERED} planted payments. Not thread safe.
 */
public final class PlantedTruth implements Consumer<SimulatedTransaction> {
  private static final int REMEMBERED = 10_000;

  private final Map<String, String> kinds =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final Predicate<Lane> lanes;

  /** The truth about the planted payments of some lanes; those of the others pass for honest. */
  public PlantedTruth(Predicate<Lane> lanes) {
    this.lanes = lanes;
  }

  @Override
  public void accept(SimulatedTransaction payment) {
    PlantedCase planted = payment.planted();
    if (planted != null && lanes.test(planted.kind().lane())) {
      kinds.put(payment.transactionId(), planted.kind().code());
    }
  }

  /** Kind of a planted payment, once; null for an honest one, and for one asked for before. */
  public @Nullable String takeKind(String transactionId) {
    return kinds.remove(transactionId);
  }
}
