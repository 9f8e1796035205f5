/**
 * What reading a topic and storing it have in common. In: nothing. Out: the batch of one read, with
 * the positions after it and the records that could not be read, and the store that takes it.
 */
@NullMarked
package dev.tidegate.console.log;

import org.jspecify.annotations.NullMarked;
