/** Which release decides: the one named on the command line, or the one that ships. */
package dev.tidegate.app.release;
