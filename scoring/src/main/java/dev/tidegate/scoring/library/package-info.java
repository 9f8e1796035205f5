/**
 * Rules as files: in, YAML files of typologies with their rules, sources and labelled rows; out,
 * definitions for a rule set, and whether each labelled row is judged as it says.
 */
@NullMarked
package dev.tidegate.scoring.library;

import org.jspecify.annotations.NullMarked;
