package dev.tidegate.graphaml.fans;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One account's fans in this process's memory. Not thread safe. */
public final class HeapFanStore implements FanStore {
  private final Map<Long, long[]> chunks = new HashMap<>();
  private final Map<Long, Integer> peers = new HashMap<>();
  private long @Nullable [] header;

  @Override
  public long @Nullable [] header() {
    return header;
  }

  @Override
  public void putHeader(long[] newHeader) {
    header = newHeader;
  }

  @Override
  public long[] chunk(long id) {
    long[] chunk = chunks.get(id);
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + id);
    }
    return chunk;
  }

  @Override
  public void putChunk(long id, long[] chunk) {
    chunks.put(id, chunk);
  }

  @Override
  public void removeChunk(long id) {
    chunks.remove(id);
  }

  @Override
  public int peerCount(long peer) {
    return peers.getOrDefault(peer, 0);
  }

  @Override
  public void putPeerCount(long peer, int count) {
    if (count == 0) {
      peers.remove(peer);
    } else {
      peers.put(peer, count);
    }
  }

  /** Number of chunks in the log. */
  public int chunkCount() {
    return chunks.size();
  }

  /** Number of peers with a counter. */
  public int peerCounters() {
    return peers.size();
  }
}
