/**
 * Composition: the only module that sees all stages. In: a command line; out: the stages, wired
 * together in one process.
 */
package dev.tidegate.app;
