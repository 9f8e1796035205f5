/**
 * A simulated bank. In: a seed, a number of customers and a first day. Out: an endless, time-sorted
 * stream of payments with planted fraud and laundering, the truth beside them, and files of both.
 *
 * <p>Everything is a function of the settings: the same settings give the same bytes on any
 * machine, in any time zone and locale. Nothing here reads a clock.
 */
@org.jspecify.annotations.NullMarked
package dev.tidegate.lab.bank;
