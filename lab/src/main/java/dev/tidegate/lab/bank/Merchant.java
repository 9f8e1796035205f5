package dev.tidegate.lab.bank;

import java.util.List;

/**
 * A merchant.
 *
 * @param id unique
 * @param category what it sells
 * @param country where it sits
 * @param online whether it sells over the network only
 * @param priceLevel factor on the category's prices
 * @param terminals its points of sale; empty when online
 */
record Merchant(
    String id,
    MerchantCategory category,
    Country country,
    boolean online,
    double priceLevel,
    List<String> terminals) {}
