package dev.tidegate.graphaml.fans;

import org.jspecify.annotations.Nullable;

/**
 * Where one account's fans live: a header, a log of its payments in chunks, and a counter a peer.
 * The layout is the kernel's. Arrays belong to the store once put; one that it returned may be
 * changed and put back.
 */
public interface FanStore {
  /** The header, or null for an account never seen. */
  long @Nullable [] header();

  /** Replaces the header. */
  void putHeader(long[] header);

  /**
   * A chunk of the log.
   *
   * @throws IllegalStateException if there is none with that id
   */
  long[] chunk(long id);

  /** Adds or replaces a chunk. */
  void putChunk(long id, long[] chunk);

  /** Drops a chunk. */
  void removeChunk(long id);

  /** Payments with a peer within the window, 0 for a peer not there. */
  int peerCount(long peer);

  /** Sets a peer's counter; 0 drops it. */
  void putPeerCount(long peer, int count);
}
