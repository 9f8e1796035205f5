package dev.tidegate.app.laundering;

import dev.tidegate.app.Refused;
import dev.tidegate.ingest.door.CsvDoor;
import dev.tidegate.ingest.door.DoorResult;
import dev.tidegate.ingest.door.DoorSettings;
import dev.tidegate.ingest.door.TokenKey;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.money.MajorUnits;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Labelled payments of a file between accounts, by time. Payments whose times are whole days stand
 * within a day in an order drawn from their ids, for what the file says there means nothing.
 *
 * @param payments oldest first
 * @param currencies codes, by their place
 * @param channels channels, by their place
 * @param outside what their accounts got from and paid to the world outside
 * @param wholeDays whether every time is the start of a day, UTC
 * @param channelCounts whether the channel may be learned from
 * @param left rows of the file that are none of them: read but not between two accounts or without
 *     a label
 * @param rejected rows that could not be read
 */
record LaunderingSet(
    List<LabelledPayment> payments,
    List<String> currencies,
    List<String> channels,
    OutsideFlows outside,
    boolean wholeDays,
    boolean channelCounts,
    long left,
    long rejected) {
  private static final long DAY_MS = 86_400_000L;
  private static final int TOKEN_KEY_BYTES = 32;

  /** A set as {@link #read} would give it. */
  static LaunderingSet of(
      List<LabelledPayment> payments, List<String> currencies, List<String> channels) {
    return sorted(payments, currencies, channels, new OutsideFlows(), 0, 0);
  }

  private static LaunderingSet sorted(
      List<LabelledPayment> payments,
      List<String> currencies,
      List<String> channels,
      OutsideFlows outside,
      long left,
      long rejected) {
    boolean days = payments.stream().allMatch(payment -> payment.timeMs() % DAY_MS == 0);
    Comparator<LabelledPayment> order = Comparator.comparingLong(LabelledPayment::timeMs);
    List<LabelledPayment> all = new ArrayList<>(payments);
    all.sort(days ? order.thenComparingInt(p -> drawn(p.id())).thenComparing(p -> p.id()) : order);
    return new LaunderingSet(
        List.copyOf(all),
        List.copyOf(currencies),
        List.copyOf(channels),
        outside,
        days,
        true,
        left,
        rejected);
  }

  /** Whether there are payments that are no laundering. */
  boolean background() {
    return payments.stream().anyMatch(payment -> !payment.laundering());
  }

  /** Whether no later payment of the set has the same time. */
  boolean lastOfItsMoment(int place) {
    return place + 1 == payments.size()
        || payments.get(place + 1).timeMs() != payments.get(place).timeMs();
  }

  /** Payments before a moment. */
  LaunderingSet before(long endMs) {
    return with(
        payments.stream().filter(payment -> payment.timeMs() < endMs).toList(), channelCounts);
  }

  /** The same payments, whose channel may not be learned from. */
  LaunderingSet withoutChannel() {
    return with(payments, false);
  }

  /** The same payments as if time ran backwards: the newest first, from payee to payer. */
  LaunderingSet backwards() {
    long endMs = payments.get(payments.size() - 1).timeMs();
    List<LabelledPayment> turned = new ArrayList<>();
    for (int i = payments.size() - 1; i >= 0; i--) {
      turned.add(payments.get(i).turned(endMs));
    }
    return with(List.copyOf(turned), channelCounts);
  }

  private LaunderingSet with(List<LabelledPayment> others, boolean channel) {
    return new LaunderingSet(
        others, currencies, channels, outside, wholeDays, channel, left, rejected);
  }

  /** A number drawn from an id. */
  private static int drawn(String id) {
    int mixed = id.hashCode() * 0x9E3779B9;
    mixed = (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }

  /**
   * Reads a file.
   *
   * @throws Refused if no payment between accounts with a label is in it
   */
  static LaunderingSet read(Path file, Profile profile) throws IOException {
    Reading reading = new Reading(PatternFile.patternsOf(profile.name(), file));
    DoorSettings settings =
        DoorSettings.of(TokenKey.of(new byte[TOKEN_KEY_BYTES]), WallClock.INSTANCE);
    try (CsvDoor door = CsvDoor.open(file, profile, settings)) {
      for (DoorResult result = door.next(); result != null; result = door.next()) {
        if (result instanceof DoorResult.Accepted accepted) {
          reading.add(accepted);
        } else if (result instanceof DoorResult.Refused) {
          reading.rejected++;
        } else {
          reading.left++;
        }
      }
    }
    if (reading.payments.isEmpty()) {
      throw new Refused(
          file
              + " has no payment between two accounts that has a label; "
              + reading.rejected
              + " rows were rejected");
    }
    return sorted(
        reading.payments,
        List.copyOf(reading.currencies.keySet()),
        List.copyOf(reading.channels.keySet()),
        reading.outside(),
        reading.left,
        reading.rejected);
  }

  /** A payment that has one account only. */
  private record OneSided(long account, String kind, long timeMs, long amountHundredths) {}

  /** Payments so far. */
  private static final class Reading {
    private static final String OUTSIDE = "source";
    private static final int HUNDREDTHS = 100;

    final List<LabelledPayment> payments = new ArrayList<>();
    final Map<String, Integer> currencies = new LinkedHashMap<>();
    final Map<String, Integer> channels = new LinkedHashMap<>();
    long left;
    long rejected;

    private final List<OneSided> outside = new ArrayList<>();
    private final MajorUnits major = new MajorUnits();
    private final Map<String, Integer> accounts = new LinkedHashMap<>();
    private final PatternFile.Patterns patterns;

    Reading(PatternFile.Patterns patterns) {
      this.patterns = patterns;
    }

    void add(DoorResult.Accepted accepted) {
      Transaction payment = accepted.transaction();
      Label label = accepted.label();
      String payee = payment.getPayeeAccount();
      boolean fromOutside = payment.getPayerAccount().equals(OUTSIDE);
      if (payee == null || label == null || fromOutside) {
        left++;
        outside(payment, fromOutside);
        return;
      }
      String channel = payment.getChannel();
      payments.add(
          new LabelledPayment(
              payment.getTransactionId(),
              number(accounts, payment.getPayerAccount()),
              number(accounts, payee),
              payment.getEventTimeMs(),
              payment.getAmountMinor(),
              number(currencies, payment.getCurrency()),
              channel == null ? -1 : number(channels, channel),
              label.getFraud(),
              label.getKind(),
              patterns.of(payment)));
    }

    /** Keeps a payment that has one account only. */
    private void outside(Transaction payment, boolean fromOutside) {
      String payee = payment.getPayeeAccount();
      if (fromOutside == (payee != null)) {
        String account = fromOutside && payee != null ? payee : payment.getPayerAccount();
        String kind = (fromOutside ? "in_" : "out_") + payment.getChannel();
        outside.add(
            new OneSided(
                number(accounts, account),
                kind.toLowerCase(Locale.ROOT),
                payment.getEventTimeMs(),
                hundredths(payment)));
      }
    }

    /** Hundredths of a unit, whatever the currency's minor unit is. */
    private long hundredths(Transaction payment) {
      double units = major.of((double) payment.getAmountMinor(), payment.getCurrency());
      return Math.round(units * HUNDREDTHS);
    }

    OutsideFlows outside() {
      OutsideFlows flows = new OutsideFlows();
      outside.sort(Comparator.comparingLong(OneSided::timeMs));
      outside.forEach(one -> flows.add(one.account, one.kind, one.timeMs, one.amountHundredths));
      return flows;
    }

    private static int number(Map<String, Integer> numbers, String word) {
      return numbers.computeIfAbsent(word, unknown -> numbers.size());
    }
  }
}
