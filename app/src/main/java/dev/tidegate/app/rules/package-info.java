/**
 * Rules at the command line. In: files of rules, a simulated bank or a history; out: what is wrong
 * with them, and how they would have judged.
 */
@org.jspecify.annotations.NullMarked
package dev.tidegate.app.rules;
