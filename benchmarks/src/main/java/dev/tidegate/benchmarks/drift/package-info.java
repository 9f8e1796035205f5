/**
 * Drift detectors side by side: streams whose changes are known in, false alarms and delays out.
 * ADWIN, DDM and Page-Hinkley are our own implementations of the published rules.
 */
@NullMarked
package dev.tidegate.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
