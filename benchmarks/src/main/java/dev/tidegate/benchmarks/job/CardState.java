package dev.tidegate.benchmarks.job;

import dev.tidegate.features.LabelWait;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Tag;
import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.HistoryCodec;
import dev.tidegate.schemas.event.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * Bytes of state of cards at two payments a day, by the kernel's codec, which is what a state
 * backend is given. A card's payments go to 12 counterparties of its own, now and then to one of
 * 5,000 others, from two devices, three addresses, 20 categories and three countries.
 */
public final class CardState {
  private static final int CARDS = 10_000;
  private static final int DAYS = 30;
  private static final int A_DAY = 2;
  private static final long DAY_MS = 86_400_000L;
  private static final int LONGEST = 1 << 20;
  private static final int WAITING_CARDS = 1_000;
  private static final int CUSTOMERS = 2_000;

  /** Payments that wait for their labels. */
  static final String WAITING = "waiting";

  private CardState() {}

  /**
   * The state of one entity's history.
   *
   * @param entity whose history, with that entity's measures of the catalogue; or {@value
   *     #WAITING}: its payments of as many days as a label can matter
   * @param measures how many those are; 0 of payments that wait
   * @param mean bytes
   * @param p99 bytes
   * @param most bytes
   */
  public record Size(String entity, int measures, double mean, double p99, double most) {}

  /**
   * Each entity's history under a catalogue, were its key paid with as a card; and the card's
   * payments that wait for their labels, by those of the simulated bank's cards.
   */
  public static List<Size> of(Catalogue catalogue, long seed) {
    List<Size> sizes = new ArrayList<>();
    for (Entity entity : List.of(Entity.ACCOUNT, Entity.CARD, Entity.CUSTOMER, Entity.DEVICE)) {
      if (!catalogue.measures(entity).isEmpty()) {
        sizes.add(of(catalogue, entity, seed));
      }
    }
    if (!LabelWait.horizon(catalogue).isZero()) {
      sizes.add(waiting(catalogue, seed));
    }
    return sizes;
  }

  private static Size waiting(Catalogue catalogue, long seed) {
    long payments = A_DAY * LabelWait.horizon(catalogue).toDays();
    LabelWait wait = new LabelWait(catalogue);
    SimulatedPayments bank = new SimulatedPayments(seed, CUSTOMERS, HotKey.NONE);
    Histogram bytes = new Histogram(LONGEST, 4);
    for (int card = 0; card < WAITING_CARDS; card++) {
      long sum = 0;
      for (long i = 0; i < payments; ) {
        Transaction payment = bank.next(0);
        if (payment.getCardToken() != null) {
          sum += bytes(wait, payment);
          i++;
        }
      }
      bytes.recordValue(sum);
    }
    return new Size(
        WAITING, 0, bytes.getMean(), bytes.getValueAtPercentile(99), bytes.getMaxValue());
  }

  private static int bytes(LabelWait wait, Transaction payment) {
    try {
      return wait.bytes(payment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Size of(Catalogue catalogue, Entity entity, long seed) {
    EntityWindows windows = new EntityWindows(catalogue.layout(entity));
    HistoryCodec codec = windows.codec();
    Histogram bytes = new Histogram(LONGEST, 4);
    Random random = new Random(seed);
    for (int card = 0; card < CARDS; card++) {
      bytes.recordValue(codec.write(month(catalogue, windows, random)).length);
    }
    return new Size(
        entity.noun(),
        windows.size(),
        bytes.getMean(),
        bytes.getValueAtPercentile(99),
        bytes.getMaxValue());
  }

  private static EntityHistory month(Catalogue catalogue, EntityWindows windows, Random random) {
    EntityHistory history = windows.empty();
    double[] answers = new double[windows.size()];
    long card = random.nextLong();
    long startMs = 1_700_000_000_000L;
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i < A_DAY; i++) {
        long timeMs = startMs + day * DAY_MS + (i * DAY_MS + random.nextInt((int) DAY_MS)) / A_DAY;
        long amount = 100 + (long) (Math.exp(random.nextGaussian()) * 3_000);
        windows.add(
            history,
            new Event(
                timeMs,
                random.nextLong(),
                new Amount(amount, amount, 978),
                random.nextLong(),
                tags(catalogue, card, random)),
            answers);
      }
    }
    return history;
  }

  private static long[] tags(Catalogue catalogue, long card, Random random) {
    long[] tags = new long[catalogue.tags().size()];
    for (int i = 0; i < tags.length; i++) {
      Tag tag = catalogue.tags().get(i);
      // Never 0, which stands for no value; values of a card stay apart.
      tags[i] =
          ((card ^ tag.noun().hashCode() * 0x9e3779b97f4a7c15L) + value(tag, random)) << 1 | 1;
    }
    return tags;
  }

  private static long value(Tag tag, Random random) {
    return switch (tag) {
      case COUNTERPARTY, MERCHANT, TERMINAL ->
          random.nextInt(5) == 0 ? 100 + random.nextInt(5_000) : random.nextInt(12);
      case CATEGORY -> random.nextInt(20);
      case IP -> random.nextInt(3);
      case DEVICE -> random.nextInt(2);
      case COUNTRY, PAYEE_COUNTRY -> random.nextInt(20) == 0 ? random.nextInt(3) : 0;
      default -> 0;
    };
  }
}
