package dev.tidegate.app.release;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.scoring.release.LoadedRelease;

/**
 * A release and the features it takes.
 *
 * @param release proven, ready to be opened
 * @param catalogue its features; their digest is the release's
 */
public record ChosenRelease(LoadedRelease release, Catalogue catalogue) {}
