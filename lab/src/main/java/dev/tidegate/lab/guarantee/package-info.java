/**
 * Promises of the platform that can be run: each says what it promises and checks it on what an
 * audit found after a run, kills and restarts included. In: an audit's report; out: violations.
 */
@NullMarked
package dev.tidegate.lab.guarantee;

import org.jspecify.annotations.NullMarked;
