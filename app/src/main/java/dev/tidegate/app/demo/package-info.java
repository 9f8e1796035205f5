/**
 * The whole loop of retraining in minutes. In: a simulated bank that changes on the way; out: the
 * story on the terminal, each step seen on the topics, and a table. Nothing here decides: it starts
 * what {@code up} starts, plays the people, and looks.
 */
@NullMarked
package dev.tidegate.app.demo;

import org.jspecify.annotations.NullMarked;
