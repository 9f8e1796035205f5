package dev.tidegate.benchmarks.job;

import dev.tidegate.schemas.event.Transaction;

/** A key that half of the payments are given. */
public enum HotKey {
  /** None: the simulated bank as it is. */
  NONE {
    @Override
    void takes(Transaction.Builder payment) {}
  },
  /** One merchant with one terminal is paid. */
  MERCHANT {
    @Override
    void takes(Transaction.Builder payment) {
      payment.setPayeeAccount(null).setMerchantId("hot-merchant").setTerminalId("hot-terminal");
    }
  },
  /** One account of one customer pays, by one card and device: also one partition. */
  ACCOUNT {
    @Override
    void takes(Transaction.Builder payment) {
      payment
          .setPayerAccount("hot-account")
          .setCustomerId("hot-customer")
          .setCardToken("hot-card")
          .setDeviceId("hot-device");
    }
  };

  /** Gives a payment the key. */
  abstract void takes(Transaction.Builder payment);
}
