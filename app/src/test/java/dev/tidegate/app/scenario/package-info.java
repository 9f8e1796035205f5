/**
 * Scenarios over the stages, apart from what they run on. In: servers, a database and a folder for
 * scratch files. Out: an assertion error if a promise is broken.
 */
@NullMarked
package dev.tidegate.app.scenario;

import org.jspecify.annotations.NullMarked;
