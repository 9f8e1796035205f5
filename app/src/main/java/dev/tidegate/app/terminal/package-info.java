/** What a person at a terminal sees: lines, progress bars, figures. In: progress; out: text. */
package dev.tidegate.app.terminal;
