package dev.tidegate.benchmarks.job;

import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatedTransaction.Access;
import dev.tidegate.lab.bank.SimulatedTransaction.CardUse;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.schemas.event.Transaction;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Payments of the simulated bank as they stand on [transactions], in the order of time; the n-th
 * has n as its source's offset. Every second one may go to or come from one key. Not thread safe.
 */
final class SimulatedPayments {
  private final Iterator<SimulatedTransaction> bank;
  private final HotKey hot;
  private long made;

  SimulatedPayments(long seed, int customers, HotKey hot) {
    this.hot = hot;
    bank = new BankSimulator(SimulatorSettings.of(seed, customers)).transactions();
  }

  /** Payments made so far. */
  long made() {
    return made;
  }

  /**
   * The next one.
   *
   * @param ingestedAtMs when it counts as let in, milliseconds
   */
  Transaction next(long ingestedAtMs) {
    SimulatedTransaction simulated = bank.next();
    Transaction.Builder payment =
        Transaction.newBuilder()
            .setTransactionId(simulated.transactionId())
            .setEventTimeMs(simulated.eventTimeMs())
            .setIngestedAtMs(ingestedAtMs)
            .setSource("simulator")
            .setSourceOffset(made++)
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
    if (made % 2 == 0) {
      hot.takes(payment);
    }
    return payment.build();
  }

  private static void card(Transaction.Builder payment, @Nullable CardUse card) {
    if (card != null) {
      payment
          .setCardToken("card-" + Long.toHexString(Long.parseLong(card.number()) * 0x9e3779b9L))
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
