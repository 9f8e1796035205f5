/**
 * Releases on trial. In: runs that made a release, what releases answered, what payments turned out
 * to be; out: the next step of each release, taken and audited.
 */
package dev.tidegate.app.trials;
