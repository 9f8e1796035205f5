/**
 * The verbs of the {@code tidegate} command, one a class, without logic of their own. In:
 * arguments; out: text for people on standard error, results on standard output, an exit code.
 */
package dev.tidegate.app.command;
