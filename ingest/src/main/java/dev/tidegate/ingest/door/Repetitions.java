package dev.tidegate.ingest.door;

import dev.tidegate.schemas.event.Transaction;

/** Finds payments that were read before, by id and content. Not thread safe. */
final class Repetitions {
  private final KeyedHash hash;
  private final SeenIds seen;

  Repetitions(DoorSettings settings) {
    hash = new KeyedHash(settings.tokenKey());
    seen = new SeenIds(settings.rememberedIds());
  }

  SeenIds.Answer see(Transaction transaction) {
    hash.start();
    hash.add(transaction.getTransactionId());
    long high = hash.first();
    long low = hash.second();
    return seen.see(high, low, content(transaction));
  }

  /** A hash of everything but where and when the payment was read. */
  private long content(Transaction transaction) {
    hash.start();
    hash.add(transaction.getEventTimeMs());
    hash.add(transaction.getAmountMinor());
    hash.add(transaction.getCurrency());
    hash.add(transaction.getPayerAccount());
    hash.add(transaction.getPayeeAccount());
    hash.add(transaction.getCustomerId());
    hash.add(transaction.getCardToken());
    hash.add(transaction.getMerchantId());
    hash.add(transaction.getTerminalId());
    hash.add(transaction.getMerchantCategory());
    hash.add(transaction.getDeviceId());
    hash.add(transaction.getIpAddress());
    hash.add(transaction.getPayerCountry());
    hash.add(transaction.getPayeeCountry());
    hash.add(transaction.getChannel());
    return hash.first();
  }
}
