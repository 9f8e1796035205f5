package dev.tidegate.ingest.profile;

/**
 * How a card is read.
 *
 * @param text the column, or several joined
 * @param token true if it is an id of the card and not a card number
 * @param luhn true if a card number with a wrong check digit is rejected
 */
public record CardRule(TextRule text, boolean token, boolean luhn) {}
