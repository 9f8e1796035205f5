package dev.tidegate.app.offline;

import dev.tidegate.ingest.profile.Profile;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file with labels and the part of it that counts.
 *
 * @param file transactions
 * @param profile how to read them
 * @param since first moment that counts; null for the file's first
 * @param until moment before which the last counted payment lies; null for the file's end
 */
public record LabelledFile(
    Path file, Profile profile, @Nullable Instant since, @Nullable Instant until) {}
