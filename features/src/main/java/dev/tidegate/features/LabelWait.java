package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The payments that wait for their labels: how long, and what each takes in the state backend. Not
 * thread safe.
 */
public final class LabelWait {
  private static final long DAY_MS = 86_400_000L;

  /** Flink's key group, the payment's key, and the time that Flink's TTL puts before the value. */
  private static final int AROUND = 2 + 2 * Long.BYTES + Long.BYTES;

  private final List<EntityPart> parts;
  private final KnownPaymentCodec codec;
  private final PaymentReader reader;

  /** Under a catalogue. */
  public LabelWait(Catalogue catalogue) {
    parts = EntityPart.of(catalogue);
    codec = new KnownPaymentCodec(parts);
    reader = new PaymentReader(catalogue);
  }

  /** How long after a payment its label can change a feature; zero if none looks at labels. */
  public static Duration horizon(Catalogue catalogue) {
    long horizonMs = 0;
    for (Entity entity : catalogue.entities()) {
      for (MeasureAt at : catalogue.measures(entity)) {
        if (at.measure().kind().usesLabels()) {
          long reachMs = at.measure().delayMs() + at.measure().windowMs() + DAY_MS;
          horizonMs = Math.max(horizonMs, reachMs);
        }
      }
    }
    return Duration.ofMillis(horizonMs);
  }

  /** Bytes of key and value of a payment, before the backend compresses them. */
  public int bytes(Transaction payment) throws IOException {
    return AROUND + codec.length(KnownPayment.of(parts, reader.read(payment)));
  }
}
