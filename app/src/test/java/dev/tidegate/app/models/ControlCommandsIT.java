package dev.tidegate.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Home;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.console.models.ActRefused;
import dev.tidegate.console.models.ReleaseAct;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code tidegate models} and {@code tidegate rules} say and do to a platform, at a real
 * broker and registry.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class ControlCommandsIT {
  private static final String RULES =
      """
      typology:
        id: bursts
        title: Bursts
        catches: Many payments.
        sources: ["A paper"]
        tests:
          - {fires: true, given: {account_count_1h: 9}}
          - {fires: false, given: {account_count_1h: 1}}
      rules:
        - id: bursts.many
          title: Many
          catches: Many within an hour.
          when: account_count_1h > 5.0
          weight: 1
          tests:
            - {fires: true, given: {account_count_1h: 6}}
            - {fires: false, given: {account_count_1h: 3}}
      """;

  @TempDir private Path directory;

  private EmbeddedKafka kafka;
  private EmbeddedRegistry registry;

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(directory.resolve("registry")),
            Files.createDirectories(directory.resolve("logs")),
            0,
            false);
    Path shipped = Home.path("config", "releases", Releases.SHIPPED);
    new Whereabouts(kafka.bootstrapServers(), registry.url(), shipped.toString(), null)
        .write(directory);
  }

  @AfterEach
  void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  void shouldLeadAReleaseThroughItsLifeAndSayWhatCannotBe() throws IOException {
    String next = release("next-0001").toString();

    assertThat(models("list").succeeded().out()).isEqualTo("champion  " + Releases.SHIPPED + "\n");
    step("publish", next);
    step("shadow", "next-0001");
    step("canary", "next-0001", "--percent", "5");
    assertThat(models("list").succeeded().out())
        .contains("champion  " + Releases.SHIPPED, "canary    next-0001  5 % of payers");
    refused("another person than alice", "promote", "next-0001", "--as", "alice");
    assertThat(models("approve", "next-0001", "--as", "Alice").succeeded().out())
        .isEqualTo("next-0001 approved by Alice\n");
    refused("has approved next-0001 already", "approve", "next-0001", "--as", "alice");
    refused("another person than alice", "promote", "next-0001", "--as", "alice");
    models("approve", "next-0001", "--as", "bob").succeeded();
    step("promote", "next-0001");
    assertThat(models("list").succeeded().out())
        .contains("champion  next-0001", "previous  " + Releases.SHIPPED);
    step("rollback", "next-0001");
    refused("another person than bob", "promote", "next-0001", "--as", "bob");
    step("retire", "next-0001");
    assertThat(models("list").succeeded().out())
        .contains("champion  " + Releases.SHIPPED)
        .containsPattern("canary +next-0001 5 %  by alice")
        .containsPattern("retire +next-0001  by alice");

    refused("it is retired", "promote", "next-0001", "--as", "alice");
    refused("no champion before it", "rollback", Releases.SHIPPED, "--as", "alice");
    refused("neither a release", "promote", "unheard-of", "--as", "alice");
    refused("--as", "promote", "next-0001");
    refused("--percent", "canary", next, "--as", "alice");
    Files.write(release("next-0002").resolve("model.onnx"), new byte[] {1});
    refused("SHA-256", "promote", directory.resolve("next-0002").toString(), "--as", "alice");

    assertThat(audit("list").succeeded().out())
        .containsPattern("1  .*model.publish +next-0001  by alice  -> champion " + Releases.SHIPPED)
        .containsPattern("4  .*model.approve +next-0001  by Alice")
        .containsPattern("6  .*model.promote +next-0001  by alice  -> champion next-0001");
    assertThat(audit("verify").succeeded().out())
        .startsWith("8 control actions, chain whole, newest hash ");
  }

  @Test
  void shouldDoOnTheConsoleWhatTheCommandsDo() throws IOException {
    step("publish", release("next-0001").toString());
    step("canary", "next-0001", "--percent", "5");
    ConsoleDesk desk = new ConsoleDesk(Whereabouts.of(directory), List::of, WallClock.INSTANCE);
    assertThat(view(desk).champion()).isEqualTo(Releases.SHIPPED);
    assertThat(view(desk).canary()).isEqualTo("next-0001");
    assertThat(view(desk).candidates()).singleElement().extracting("name").isEqualTo("next-0001");

    desk.act(ReleaseAct.APPROVE, "next-0001", "Ann");
    assertThatThrownBy(() -> desk.act(ReleaseAct.APPROVE, "next-0001", " ann"))
        .isInstanceOf(ActRefused.class)
        .hasMessageContaining("has approved next-0001 already");
    assertThatThrownBy(() -> desk.act(ReleaseAct.PROMOTE, "next-0001", "ANN"))
        .isInstanceOf(ActRefused.class)
        .hasMessageContaining("another person than ANN");
    assertThat(view(desk).find("next-0001").approvedBy()).containsExactly("Ann");
    refused("has approved next-0001 already", "approve", "next-0001", "--as", "ann");
    desk.act(ReleaseAct.PROMOTE, "next-0001", "bob");

    assertThat(view(desk).champion()).isEqualTo("next-0001");
    assertThat(view(desk).previous()).isEqualTo(Releases.SHIPPED);
    assertThat(models("list").succeeded().out()).contains("champion  next-0001");
    assertThat(audit("list").succeeded().out())
        .containsPattern("3  .*model.approve +next-0001  by Ann")
        .containsPattern("4  .*model.promote +next-0001  by bob");
    desk.act(ReleaseAct.ROLLBACK, "next-0001", "bob");
    assertThat(view(desk).champion()).isEqualTo(Releases.SHIPPED);
    assertThat(view(desk).find("next-0001").approvedBy()).isEmpty();
  }

  private ReleaseView view(ConsoleDesk desk) {
    ControlEvents events = new ControlEvents(kafka.bootstrapServers(), registry.url());
    return desk.view(
        events.all(Topics.MODELS, ModelRelease.class), events.all(Topics.AUDIT, AuditEvent.class));
  }

  @Test
  void shouldNoticeATamperedAuditAndActOnNothingMore() throws Exception {
    String next = release("next-0001").toString();
    step("publish", next);
    step("shadow", "next-0001");
    ControlEvents events = new ControlEvents(kafka.bootstrapServers(), registry.url());
    AuditEvent forged =
        AuditEvent.newBuilder(events.all(Topics.AUDIT, AuditEvent.class).get(1))
            .setSequence(3)
            .setActor("mallory")
            .build();
    events.send(
        Topics.AUDIT, AuditEvent.class, List.of(new ControlEvents.Keyed<>("next-0001", forged)));

    CommandRun run = audit("verify");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("event 3 does not hold the hash of the one before", "not whole");
    refused("the audit is not whole", "rollback", "next-0001", "--as", "alice");
  }

  @Test
  void shouldKeepOneChainWhoeverActsAtTheSameTime() throws Exception {
    String next = release("next-0001").toString();
    Whereabouts platform = Whereabouts.of(directory);
    List<Thread> people = new ArrayList<>();
    List<String> failures = new CopyOnWriteArrayList<>();
    for (int person = 0; person < 2; person++) {
      String name = "person-" + person;
      people.add(
          new Thread(
              () -> {
                for (int step = 0; step < 2; step++) {
                  try {
                    new ReleaseSteps(platform, WallClock.INSTANCE)
                        .take(ReleaseAction.SHADOW, next, null, name);
                  } catch (RuntimeException e) {
                    failures.add(name + ": " + e);
                  }
                }
              }));
    }
    people.forEach(Thread::start);
    for (Thread person : people) {
      person.join();
    }

    assertThat(audit("verify").out())
        .startsWith(4 - failures.size() + " control actions, chain whole");
    assertThat(failures).allMatch(failure -> failure.contains("others act on the platform"));
  }

  private CommandRun audit(String command) {
    return CommandRun.of("audit", command, "--data", directory.toString());
  }

  @Test
  void shouldSendRulesOnceAndAgainWhenTheyDiffer() throws IOException {
    String[] people = {"--as", "alice", "--approved-by", "bob", "--data", directory.toString()};
    Path own = directory.resolve("own.yaml");
    Files.writeString(own, RULES);

    assertThat(rules(own, people).succeeded().out()).contains("2 new, 0 changed, 0 as they stood");
    assertThat(rules(own, people).succeeded().out()).contains("0 new, 0 changed, 2 as they stood");
    Files.writeString(own, RULES.replace("5.0", "4.0"));
    assertThat(rules(own, people).succeeded().out())
        .contains("changed  bursts.many", "0 new, 1 changed, 1 as they stood");
    assertThat(CommandRun.of("rules", "standing", "--data", directory.toString()).out())
        .containsPattern("bursts.many +rule +version 2  by alice, approved by bob");

    List<String> line = new ArrayList<>(List.of("rules", "withdraw", "bursts.many"));
    line.addAll(List.of(people));
    String[] withdraw = line.toArray(String[]::new);
    assertThat(CommandRun.of(withdraw).succeeded().out()).contains("withdrawn bursts.many");
    assertThat(CommandRun.of("rules", "standing", "--data", directory.toString()).out())
        .doesNotContain("bursts.many");
    assertThat(CommandRun.of(withdraw).exitCode()).isEqualTo(2);
    people[3] = "alice";
    assertThat(rules(own, people).err()).contains("another person");

    // Two that changed something and the withdrawal; what changed nothing is no action.
    String audited = audit("list").succeeded().out();
    assertThat(audited.lines().filter(shown -> shown.contains("rules.send"))).hasSize(2);
    assertThat(audited)
        .containsPattern("rules.send +bursts.*, .* by alice .*bursts.many version 1")
        .containsPattern("rules.withdraw +bursts.many  by alice .*approved by bob");
    assertThat(audit("verify").succeeded().out()).contains("chain whole");
  }

  private static CommandRun rules(Path file, String... people) {
    List<String> line = new ArrayList<>(List.of("rules", "send", "--rules", file.toString()));
    line.addAll(List.of(people));
    return CommandRun.of(line.toArray(String[]::new));
  }

  @Test
  void shouldAskForATrainingOnLabelsKnownByADate() throws IOException {
    CommandRun asked =
        CommandRun.of(
            "retrain",
            "request",
            "--model",
            "payments-sim",
            "--as",
            "alice",
            "--why",
            "To see it refused.",
            "--known-by",
            "2026-02-03",
            "--data",
            directory.toString());

    assertThat(asked.succeeded().out()).contains("labels known by 2026-02-03T00:00:00Z");
    assertThat(
            Whereabouts.of(directory).events().all(Topics.RETRAIN_REQUESTS, RetrainRequest.class))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getCutMs())
                  .isEqualTo(Instant.parse("2026-02-03T00:00:00Z").toEpochMilli());
              assertThat(request.getCause()).isEqualTo("person");
              assertThat(request.getRequestedBy()).isEqualTo("alice");
            });
  }

  @Test
  void shouldSayThatNothingRuns() {
    CommandRun run = CommandRun.of("models", "list", "--data", directory + "/elsewhere");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("no platform runs on", "tidegate up");
  }

  private void step(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--as", "alice"));
    assertThat(models(line.toArray(String[]::new)).succeeded().out()).contains("by alice");
  }

  private void refused(String reason, String... arguments) {
    CommandRun run = models(arguments);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }

  private CommandRun models(String... arguments) {
    List<String> line = new ArrayList<>(List.of("models"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data", directory.toString()));
    return CommandRun.of(line.toArray(String[]::new));
  }

  /** The shipped release under another name. */
  private Path release(String name) throws IOException {
    Path shipped = Home.path("config", "releases", Releases.SHIPPED);
    Path folder = Files.createDirectories(directory.resolve(name));
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        boolean manifest = file.endsWith(ReleaseStore.MANIFEST);
        Files.write(folder.resolve(file.getFileName()), manifest ? renamed(bytes, name) : bytes);
      }
    }
    Manifest made = ReleaseStore.load(folder).manifest();
    assertThat(made.release()).isEqualTo(name);
    return folder;
  }

  private static byte[] renamed(byte[] manifest, String name) {
    String text = new String(manifest, StandardCharsets.UTF_8);
    return text.replace("\"" + Releases.SHIPPED + "\"", "\"" + name + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }
}
