package dev.tidegate.features.window;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One key's window state in this process's memory. Not thread safe. */
public final class HeapChunkStore implements ChunkStore {
  private final Map<Integer, long[]> chunks = new HashMap<>();
  private long @Nullable [] head;

  @Override
  public long @Nullable [] head() {
    return head;
  }

  @Override
  public void putHead(long[] newHead) {
    head = newHead;
  }

  @Override
  public long[] chunk(int id) {
    long[] chunk = chunks.get(id);
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + id);
    }
    return chunk;
  }

  @Override
  public void putChunk(int id, long[] chunk) {
    chunks.put(id, chunk);
  }

  @Override
  public void removeChunk(int id) {
    chunks.remove(id);
  }

  /** Number of sealed chunks. */
  public int chunkCount() {
    return chunks.size();
  }
}
