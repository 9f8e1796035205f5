package dev.tidegate.lab.bank;

import org.jspecify.annotations.Nullable;

/**
 * One side of a payment between accounts.
 *
 * @param account account number
 * @param customerId its customer, or null where the account is at another bank
 * @param country where the account is
 */
record Party(String account, @Nullable String customerId, Country country) {}
