package dev.tidegate.console.page;

import dev.tidegate.console.store.StoredAlert;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Transaction;
import java.time.Instant;

/** One alert in the queue; also what the live stream sends. */
public final class AlertRow {
  private AlertRow() {}

  /** The head of the queue's table, cell for cell as {@link #of}. */
  static Markup head() {
    return Markup.of(
        """
        <thead role="rowgroup"><tr role="row">\
        <th role="columnheader" scope="col" class="c-age">Raised</th>\
        <th role="columnheader" scope="col" class="c-score">Score</th>\
        <th role="columnheader" scope="col" class="c-outcome">Outcome</th>\
        <th role="columnheader" scope="col" class="c-lane">Lane</th>\
        <th role="columnheader" scope="col" class="c-amount">Amount</th>\
        <th role="columnheader" scope="col" class="c-payer">Payer</th>\
        <th role="columnheader" scope="col" class="c-payee">Payee</th>\
        <th role="columnheader" scope="col" class="c-how">Channel</th>\
        <th role="columnheader" scope="col" class="c-where">Country</th>\
        <th role="columnheader" scope="col" class="c-when">Payment made</th>\
        </tr></thead>""");
  }

  /** The alert as a table row. */
  public static Markup of(StoredAlert stored, Instant now) {
    Alert alert = stored.alert();
    Transaction payment = alert.getTransaction();
    return Markup.of(
        """
        <tr role="row" class="alert" data-seq="{}" data-id="{}">\
        <td role="cell" class="c-age">{}</td>\
        <td role="cell" class="c-score"><span class="figure">{}</span>{}</td>\
        <td role="cell" class="c-outcome">{}</td>\
        <td role="cell" class="c-lane">{}</td>\
        <td role="cell" class="c-amount">{}</td>\
        <td role="cell" class="c-payer"><a class="open" href="{}">{}</a></td>\
        <td role="cell" class="c-payee">{}</td>\
        <td role="cell" class="c-how">{}</td>\
        <td role="cell" class="c-where">{}</td>\
        <td role="cell" class="c-when">{}</td>\
        </tr>
        """,
        stored.seq(),
        alert.getAlertId(),
        Moments.age(alert.getCreatedAtMs(), now),
        Wording.score(alert.getScore(), 3),
        Wording.scoreBar(alert, 56),
        Wording.badge(alert),
        Wording.lane(alert.getLane()),
        Wording.amount(payment),
        Wording.address(alert),
        Wording.name(payment.getPayerAccount()),
        Wording.name(Wording.counterparty(payment)),
        Wording.name(payment.getChannel()),
        Wording.name(Wording.countries(payment)),
        Moments.brief(payment.getEventTimeMs()));
  }
}
