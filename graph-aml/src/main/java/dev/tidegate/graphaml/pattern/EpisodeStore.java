package dev.tidegate.graphaml.pattern;

import java.util.function.Consumer;

/** Where open episodes are kept between checkpoints: the state of a job, or a map in a test. */
public interface EpisodeStore {
  /** Tells the bytes of every episode, in any order. */
  void each(Consumer<byte[]> reader);

  /** Puts an episode, in place of the one with its id if there is one. */
  void put(String id, byte[] episode);

  /** Lets an episode go. */
  void remove(String id);
}
