/**
 * The lives of releases by command. In: a release's folder or name and a step. Out: an event on
 * [models], which every scorer follows.
 */
@NullMarked
package dev.tidegate.app.models;

import org.jspecify.annotations.NullMarked;
