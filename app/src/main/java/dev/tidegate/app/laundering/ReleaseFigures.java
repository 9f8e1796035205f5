package dev.tidegate.app.laundering;

import dev.tidegate.app.laundering.LaneFigures.PatternFigures;
import dev.tidegate.app.laundering.LaneFigures.TestFigures;
import dev.tidegate.app.laundering.LaneFigures.TypologyFigures;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a release of the AML lane finds in a file, on features and signals as the stream has them.
 *
 * @param release its name
 * @param set the profile that the file was read with
 * @param since first moment that is judged, UTC
 * @param until moment before which the last one lies, UTC
 * @param payments payments between accounts, with a label, between the two
 * @param laundering of which laundering
 * @param threshold the release's, chosen on the newest part of what it learned from
 * @param test figures of all payments
 * @param byTypology of each kind of laundering
 * @param patterns of which something was found; null where the set names none
 */
public record ReleaseFigures(
    String release,
    String set,
    String since,
    String until,
    int payments,
    int laundering,
    double threshold,
    TestFigures test,
    SortedMap<String, TypologyFigures> byTypology,
    @Nullable PatternFigures patterns) {}
