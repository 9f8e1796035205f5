/**
 * Boosted trees on the Fraud Detection Handbook's card payments, by its protocols. In: the open
 * file; out: figures by split and seed, and what each family of features is worth.
 */
package dev.tidegate.benchmarks.handbook;
