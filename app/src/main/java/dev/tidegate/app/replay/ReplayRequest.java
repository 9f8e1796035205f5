package dev.tidegate.app.replay;

import dev.tidegate.app.config.Settings;
import dev.tidegate.ingest.profile.Profile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to replay.
 *
 * @param file payments
 * @param profile how to read them
 * @param model folder of the release; null for the one that ships
 * @param out folder for the results
 * @param rate payments a second; 0 for no limit
 * @param settings settings
 */
public record ReplayRequest(
    Path file, Profile profile, @Nullable Path model, Path out, double rate, Settings settings) {}
