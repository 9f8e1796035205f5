package dev.tidegate.features;

import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.Lane;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import dev.tidegate.lab.bank.SimulatedTransaction.CardUse;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The first payments of a simulated bank, what becomes known of them, and how they come to the
 * door: out of order within a bound, some of them twice.
 *
 * @param payments in the order of time
 * @param labels of fraud, in the order of when they are known
 * @param arrivals as they come
 */
record BankPayments(List<Transaction> payments, List<Label> labels, List<Arrival> arrivals) {
  private static final long HOUR_MS = 3_600_000;
  private static final int CUSTOMERS = 100;
  private static final int LABELLED_ONE_IN = 9;
  private static final int MOST_HOURS = 9 * 24;
  private static final int REPEAT_ONE_IN = 50;

  /** A payment at the door. */
  record Arrival(long atMs, Transaction payment) {}

  /**
   * Makes them.
   *
   * @param disorderMs each arrives less than this after its time
   */
  static BankPayments of(int count, long seed, int disorderMs) {
    Random random = new Random(seed);
    Iterator<SimulatedTransaction> bank =
        new BankSimulator(SimulatorSettings.of(seed, CUSTOMERS)).transactions();
    List<Transaction> payments = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SimulatedTransaction simulated = bank.next();
      Transaction payment = transaction(simulated);
      payments.add(payment);
      boolean planted =
          simulated.planted() != null && simulated.planted().kind().lane() == Lane.FRAUD;
      if (planted || i % LABELLED_ONE_IN == 0) {
        labels.add(Payments.fraud(payment, HOUR_MS * (1 + random.nextInt(MOST_HOURS))));
      }
      int times = random.nextInt(REPEAT_ONE_IN) == 0 ? 2 : 1;
      for (int time = 0; time < times; time++) {
        arrivals.add(new Arrival(payment.getEventTimeMs() + random.nextInt(disorderMs), payment));
      }
    }
    labels.sort(Comparator.comparingLong(Label::getKnownAtMs));
    arrivals.sort(Comparator.comparingLong(Arrival::atMs));
    return new BankPayments(List.copyOf(payments), List.copyOf(labels), List.copyOf(arrivals));
  }

  private static Transaction transaction(SimulatedTransaction simulated) {
    Transaction.Builder payment =
        Transaction.newBuilder()
            .setTransactionId(simulated.transactionId())
            .setEventTimeMs(simulated.eventTimeMs())
            .setIngestedAtMs(0)
            .setSource("simulator")
            .setSourceOffset(0)
            .setPayerAccount(simulated.payer().account())
            .setCustomerId(simulated.payer().customerId())
            .setPayeeAccount(simulated.payee() == null ? null : simulated.payee().account())
            .setAmountMinor(simulated.amount().minorUnits())
            .setCurrency(simulated.amount().currency())
            .setPayerCountry(simulated.payer().country())
            .setPayeeCountry(simulated.payeeCountry())
            .setChannel(simulated.channel().code());
    card(payment, simulated.card());
    access(payment, simulated.access());
    return payment.build();
  }

  private static void card(Transaction.Builder payment, @Nullable CardUse card) {
    if (card != null) {
      payment
          .setCardToken("card-" + card.number().hashCode())
          .setMerchantId(card.merchantId())
          .setTerminalId(card.terminalId())
          .setMerchantCategory(card.category());
    }
  }

  private static void access(Transaction.Builder payment, @Nullable Access access) {
    if (access != null) {
      payment.setDeviceId(access.deviceId()).setIpAddress(access.ipAddress());
    }
  }
}
