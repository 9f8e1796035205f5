/**
 * The features job of the ready catalogue over an embedded broker. In: simulated payments; out:
 * payments a second and a processor second, added latency, bytes of state a card.
 */
package dev.tidegate.benchmarks.job;
