/**
 * What topologies share. In: a topology and where it is to run; out: it runs, its threads replaced
 * when they fail. Events of topics as serdes, versions of states.
 */
@NullMarked
package dev.tidegate.retrain.stream;

import org.jspecify.annotations.NullMarked;
