package dev.tidegate.console.web;

import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.drift.DriftJson;
import dev.tidegate.console.intake.ControlIntake;
import dev.tidegate.console.models.ActRefused;
import dev.tidegate.console.models.ActUnknown;
import dev.tidegate.console.models.ReleaseAct;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.console.models.ReleaseDesk;
import dev.tidegate.console.models.ReleaseFiles;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.console.page.DriftPage;
import dev.tidegate.console.page.Layout;
import dev.tidegate.console.page.Markup;
import dev.tidegate.console.page.ModelsPage;
import dev.tidegate.console.status.Standing;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of drift and models, and what people do to releases. People act only where the console
 * answers to its own machine alone, since it does not know who they are; and only by a form of this
 * console, which carries a token that no other web site can read.
 */
public final class ControlRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoutes.class);
  private static final int LONGEST_NAME = 100;
  private static final long SETTLE_MILLIS = 1_500;
  private static final String CARD_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

  private static final String OTHERS =
      "this console has no log-in and listens for other machines. Use tidegate models approve.";
  private static final String NO_DESK = "this console was started without the rules of releases.";

  private final Books books;
  private final @Nullable ReleaseDesk desk;
  private final boolean alone;
  private final Supplier<Standing> board;
  private final Layout layout;
  private final InstantSource clock;
  private final ReleaseFiles files;
  private final String token;

  /**
   * What the control topics say.
   *
   * @param intake what reads them
   */
  public record Books(ReleaseBook releases, DriftBook readings, ControlIntake intake) {}

  /**
   * Routes over books.
   *
   * @param desk knows the rules of releases; null if nobody does
   * @param host address that the console listens on
   */
  public ControlRoutes(
      Books books,
      @Nullable ReleaseDesk desk,
      String host,
      Supplier<Standing> board,
      Layout layout,
      InstantSource clock) {
    this.books = books;
    this.desk = desk;
    this.files = new ReleaseFiles(desk);
    this.alone = WebServer.isLoopback(host);
    this.board = board;
    this.layout = layout;
    this.clock = clock;
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.token = HexFormat.of().formatHex(secret);
  }

  void addTo(RoutesConfig routes) {
    routes.get("/drift", this::drift);
    routes.get("/api/drift", this::driftJson);
    routes.get("/models", this::models);
    routes.get("/models/{release}/card", this::card);
    routes.get("/models/{release}/{act}", request -> request.redirect("/models"));
    routes.post("/models/{release}/{act}", this::act);
  }

  private void drift(Context request) {
    long version = books.readings.version();
    DriftPage page =
        new DriftPage(
            books.readings.monitors(), version, books.intake.driftState(), clock.instant());
    if (known(request, page.tag())) {
      return;
    }
    html(request, part(request) ? page.body() : page.render(layout, board.get()));
  }

  private void driftJson(Context request) {
    long since = ConsoleRoutes.number(request.queryParam("since")).orElse(0);
    long version = books.readings.version();
    if (since != 0 && since == version) {
      request.status(204);
      return;
    }
    // A reader that knows more than is there has seen an earlier process.
    long from = since > version ? 0 : since;
    request
        .contentType("application/json")
        .result(DriftJson.of(version, books.readings.monitors(), from).toString());
  }

  private void models(Context request) {
    ModelsPage page = page(null);
    if (!known(request, page.version())) {
      html(request, part(request) ? page.body() : page.render(layout, board.get()));
    }
  }

  private static boolean part(Context request) {
    return "body".equals(request.queryParam("view"));
  }

  /** Answers with nothing to who has what is asked for already. */
  private static boolean known(Context request, String version) {
    request.header("X-Version", version);
    boolean known = part(request) && version.equals(request.queryParam("known"));
    if (known) {
      request.status(204);
    }
    return known;
  }

  private ModelsPage page(ModelsPage.@Nullable Notice notice) {
    ReleaseBook.Page stands = books.releases.page();
    ReleaseView view = null;
    String reason = alone ? "" : OTHERS;
    if (desk == null) {
      reason = NO_DESK;
    } else {
      try {
        view = desk.view(stands.steps(), stands.audit());
      } catch (ActRefused e) {
        reason = e.reason();
      }
    }
    return new ModelsPage(
        stands,
        view,
        files,
        books.intake.modelsState(),
        new ModelsPage.Acting(reason.isEmpty() ? token : "", reason),
        notice,
        clock.instant());
  }

  private void card(Context request) {
    Optional<byte[]> card = find(request.pathParam("release")).flatMap(files::card);
    if (card.isEmpty()) {
      request.status(404);
      return;
    }
    request
        .header("Content-Security-Policy", CARD_POLICY)
        .contentType("text/html; charset=utf-8")
        .result(card.get());
  }

  private Optional<KnownRelease> find(String name) {
    ReleaseBook.Page stands = books.releases.page();
    try {
      return Optional.ofNullable(desk)
          .map(one -> one.view(stands.steps(), stands.audit()))
          .map(view -> view.find(name));
    } catch (ActRefused e) {
      return Optional.empty();
    }
  }

  private void act(Context request) {
    Optional<ReleaseAct> act = ReleaseAct.of(request.pathParam("act"));
    if (act.isEmpty()) {
      request.status(404);
      return;
    }
    String by = Optional.ofNullable(request.formParam("by")).orElse("").strip();
    String release = request.pathParam("release");
    try {
      long before = books.releases.version();
      requireAllowed(request, by);
      take(act.get(), release, by);
      settle(before);
      String text = release + " was " + act.get().done() + " by " + by + ".";
      answer(request, 200, new ModelsPage.Notice(text, ModelsPage.Answer.DONE, by));
    } catch (ActRefused e) {
      answer(request, 409, new ModelsPage.Notice(e.reason(), ModelsPage.Answer.REFUSED, by));
    } catch (ActUnknown e) {
      String said = String.valueOf(e.getMessage());
      answer(request, 504, new ModelsPage.Notice(said, ModelsPage.Answer.UNKNOWN, by));
    }
  }

  private void take(ReleaseAct act, String release, String by) {
    ReleaseDesk rules = desk;
    if (rules == null) {
      throw new ActRefused(NO_DESK);
    }
    if (find(release).isEmpty()) {
      throw new ActRefused("no release of that name is known here");
    }
    LOG.info("{} of release {} is asked for on the console", act.word(), release);
    rules.act(act, release, by);
  }

  private void requireAllowed(Context request, String by) {
    if (!alone) {
      throw new ActRefused(OTHERS);
    }
    byte[] sent = String.valueOf(request.formParam("token")).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sent, token.getBytes(StandardCharsets.UTF_8))) {
      throw new ActRefused("the form is older than this console; send it again from this page");
    }
    if (by.isEmpty()) {
      throw new ActRefused("give your name: it stands on the event and in the audit");
    }
    if (by.length() > LONGEST_NAME || by.chars().anyMatch(Character::isISOControl)) {
      throw new ActRefused("a name has at most " + LONGEST_NAME + " characters");
    }
  }

  /** Gives the intake a moment to read what was written, so that the page shows it. */
  private void settle(long before) {
    try {
      books.releases.awaitChange(before, SETTLE_MILLIS);
      // A step and its audit come by two topics, each read on its own.
      books.releases.awaitChange(books.releases.version(), SETTLE_MILLIS / 5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Context request, int status, ModelsPage.Notice notice) {
    html(request.status(status), page(notice).render(layout, board.get()));
  }

  private static void html(Context request, Markup page) {
    request.contentType("text/html; charset=utf-8").result(page.html());
  }
}
