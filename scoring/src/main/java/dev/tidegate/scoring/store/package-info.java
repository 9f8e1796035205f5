/**
 * Releases in an object store. In: an address such as {@code s3://bucket/releases/name}; out: the
 * release's folder on this machine, or the release in the store, whole or not at all.
 */
@NullMarked
package dev.tidegate.scoring.store;

import org.jspecify.annotations.NullMarked;
