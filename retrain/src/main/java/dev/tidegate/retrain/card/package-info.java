/**
 * Model cards. In: what a release was made from and how it was judged; out: one document as JSON
 * for machines and as a page for people, with nothing in it that differs from run to run.
 */
@NullMarked
package dev.tidegate.retrain.card;

import org.jspecify.annotations.NullMarked;
