/**
 * What a load asks for of machines, from measured costs. In: payments a second, cards. Out: sizes.
 */
package dev.tidegate.app.sizing;
