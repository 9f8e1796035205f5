package dev.tidegate.ingest.door;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a door needs beside the file and its profile.
 *
 * @param tokenKey key for card tokens
 * @param clock wall clock, for the times of acceptance and rejection and the limit on future times
 * @param labelDelay how long after a payment its label is known; null for the profile's
 * @param labelFile file of labels; null for the one the profile names beside the data file
 * @param labels labels of a source that is no file, in place of the file beside; null for none
 * @param rememberedIds how many of the newest ids are remembered at least, to find duplicates
 */
public record DoorSettings(
    TokenKey tokenKey,
    InstantSource clock,
    @Nullable Duration labelDelay,
    @Nullable Path labelFile,
    @Nullable LabelLookup labels,
    long rememberedIds) {
  /** Ids remembered unless said otherwise; takes up to 1 GB when all are in use. */
  public static final long REMEMBERED_IDS = 20_000_000;

  /** The profile's own labels and delay. */
  public static DoorSettings of(TokenKey tokenKey, InstantSource clock) {
    return new DoorSettings(tokenKey, clock, null, null, null, REMEMBERED_IDS);
  }

  /** The same with another label delay; null for the profile's. */
  public DoorSettings withLabelDelay(@Nullable Duration delay) {
    return new DoorSettings(tokenKey, clock, delay, labelFile, labels, rememberedIds);
  }

  /** The same with a file of labels; null for the profile's. */
  public DoorSettings withLabelFile(@Nullable Path file) {
    return new DoorSettings(tokenKey, clock, labelDelay, file, labels, rememberedIds);
  }

  /** The same with another number of remembered ids. */
  public DoorSettings withRememberedIds(long ids) {
    return new DoorSettings(tokenKey, clock, labelDelay, labelFile, labels, ids);
  }

  /** The same with labels of a source that is no file, where the profile names a file of them. */
  public DoorSettings withLabels(LabelLookup lookup) {
    return new DoorSettings(tokenKey, clock, labelDelay, labelFile, lookup, rememberedIds);
  }
}
