package dev.tidegate.features.window;

import org.jspecify.annotations.Nullable;

/**
 * Where one key's window state lives: a head that is read and written with every event, and sealed
 * chunks that are read only where a window's edge cuts them. The layout of both is the kernel's.
 * Arrays belong to the store once put; one that it returned may be changed and put back.
 */
public interface ChunkStore {
  /** The head, or null for a key never seen. */
  long @Nullable [] head();

  /** Replaces the head. */
  void putHead(long[] head);

  /**
   * A sealed chunk.
   *
   * @throws IllegalStateException if there is none with that id
   */
  long[] chunk(int id);

  /** Adds or replaces a sealed chunk. */
  void putChunk(int id, long[] chunk);

  /** Drops a sealed chunk. */
  void removeChunk(int id);
}
