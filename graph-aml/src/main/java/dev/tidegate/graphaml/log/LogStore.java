package dev.tidegate.graphaml.log;

import org.jspecify.annotations.Nullable;

/** Where a {@link GraphLog} keeps its bytes: the state of a job, or a map in a test. */
public interface LogStore {
  /** What an account's entry is told to. */
  @FunctionalInterface
  interface AccountReader {
    /** An account with the times of its first and last payment, milliseconds. */
    void account(long account, long firstMs, long lastMs);
  }

  /** The header; null while there is none. */
  long @Nullable [] header();

  /** Puts the header in place of the one before. */
  void putHeader(long[] header);

  /** A chunk's bytes. */
  byte[] chunk(long number);

  /** Puts a chunk, in place of the one with its number if there is one. */
  void putChunk(long number, byte[] chunk);

  /** Lets a chunk go. */
  void removeChunk(long number);

  /** Tells every account's entry, in any order. */
  void accounts(AccountReader reader);

  /** Puts an account's entry. */
  void putAccount(long account, long firstMs, long lastMs);

  /** Lets an account's entry go, if there is one. */
  void removeAccount(long account);
}
