/**
 * How well laundering is found, offline and without lookahead. In: a file of payments between
 * accounts with labels; out: figures of boosted trees on the payment alone and with the graph's
 * signals beside it, by typology and by pattern, and the cycles that their shape alone gives away.
 */
package dev.tidegate.app.laundering;
