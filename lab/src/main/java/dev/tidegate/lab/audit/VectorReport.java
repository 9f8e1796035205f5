package dev.tidegate.lab.audit;

import dev.tidegate.schemas.event.FeatureVector;
import java.util.List;
import java.util.Map;

/**
 * What an audit of the vectors found. Lists name transaction ids, in order.
 *
 * @param raw records on [features], repeats counted
 * @param missing payments without a vector
 * @param unexpected vectors of payments that nobody sent
 * @param changed payments with vectors that differ in some bit; when they were let in does not
 *     count
 * @param vectors the first vector of each payment, by transaction id
 */
public record VectorReport(
    long raw,
    List<String> missing,
    List<String> unexpected,
    List<String> changed,
    Map<String, FeatureVector> vectors) {}
