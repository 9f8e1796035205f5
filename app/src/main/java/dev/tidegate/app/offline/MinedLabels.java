package dev.tidegate.app.offline;

/**
 * How the cases of one search meet what is known of their accounts. An account is labelled if a
 * payment from it or to it, between two accounts, is labelled as fraud or laundering.
 *
 * @param cases how many there are
 * @param accounts accounts that they list, each once
 * @param labelled how many of these are labelled
 * @param share the share
 * @param allAccounts accounts of all payments between accounts
 * @param allLabelled how many of these are labelled
 * @param baseRate the share: what accounts taken by chance would have
 * @param casesHalfLabelled cases half of whose listed accounts or more are labelled
 * @param shareOfFirstTen the share among the accounts of the ten best cases
 */
public record MinedLabels(
    int cases,
    int accounts,
    int labelled,
    double share,
    int allAccounts,
    int allLabelled,
    double baseRate,
    int casesHalfLabelled,
    double shareOfFirstTen) {}
