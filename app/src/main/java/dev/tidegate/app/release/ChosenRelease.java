package dev.tidegate.app.release;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.scoring.release.LoadedRelease;
import java.nio.file.Path;

/**
 * A release and the features it takes.
 *
 * @param folder where it stands, absolute
 * @param release proven, ready to be opened
 * @param catalogue its features; their digest is the release's
 */
public record ChosenRelease(Path folder, LoadedRelease release, Catalogue catalogue) {}
