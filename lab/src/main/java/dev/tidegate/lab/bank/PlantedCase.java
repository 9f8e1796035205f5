package dev.tidegate.lab.bank;

/**
 * A planted case: the truth about one payment, shared by all payments of the case.
 *
 * @param caseId unique, in the order in which cases were planned
 * @param kind what was planted
 * @param payments how many payments the whole case has, from its first to its last day
 * @param origin where the cards were copied (a terminal or an online merchant); empty for every
 *     kind but {@link PlantedKind#MERCHANT_COMPROMISE}
 */
public record PlantedCase(String caseId, PlantedKind kind, int payments, String origin) {}
