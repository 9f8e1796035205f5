package dev.tidegate.retrain.request;

/**
 * The release that decides.
 *
 * @param model its model
 * @param release its name
 * @param digest SHA-256 of its manifest, hexadecimal
 * @param featureDigest digest of its feature definitions
 */
public record InCharge(String model, String release, String digest, String featureDigest) {}
