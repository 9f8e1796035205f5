/**
 * The command as its users run it. In: arguments; out: exit code, standard output and standard
 * error, from this process or from a child that can be killed.
 */
@NullMarked
package dev.tidegate.app.run;

import org.jspecify.annotations.NullMarked;
