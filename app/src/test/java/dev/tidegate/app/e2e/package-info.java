/**
 * The main scenario over containers ({@code mvn verify -Pe2e}). In: a Docker engine and the images
 * named in the build. Out: the same promises as over the embedded platform, or one line that says
 * why nothing was run.
 */
@NullMarked
package dev.tidegate.app.e2e;

import org.jspecify.annotations.NullMarked;
