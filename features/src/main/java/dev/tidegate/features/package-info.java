/**
 * The features stage. In: [transactions]; out: [features], one vector a payment, of what was known
 * at its moment.
 */
package dev.tidegate.features;
