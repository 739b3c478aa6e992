package dev.sampo.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.Outcome;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * One demo that lives through everything: the tour of README.md, lost validators, the loss of the
 * quorum, and the loss of all of them at once.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock(Sampo.CORES)
final class DemoIT {

  private static final Duration START_MAX = Duration.ofSeconds(150);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Created by the tour, while the demo runs. */
  private static final String TRADE = "trade";

  @TempDir private static Path home;

  private static Sampo sampo;
  private static Process demo;

  @BeforeAll
  static void start() throws IOException {
    sampo = new Sampo(home);
    demo = startDemo();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    demo.destroy();
    demo.waitFor();
  }

  private static Process startDemo() throws IOException {
    var out = Files.createTempFile(home, "demo-out-", ".txt");
    var talk = Files.createTempFile(home, "demo-talk-", ".txt");
    var started = sampo.start(out, talk, "demo", "--data", home.resolve("data").toString());
    await("the demo: " + talk)
        .atMost(START_MAX)
        .until(() -> Files.readString(out).contains("Sampo is ready") || !started.isAlive());
    assertThat(started.isAlive()).as(Files.readString(talk)).isTrue();
    return started;
  }

  @Test
  @Order(1)
  void theTourOfTheReadmeWorks() throws IOException, InterruptedException {
    var commands = tour();
    assertThat(commands).hasSizeGreaterThan(5);
    for (var command : commands) {
      var result = sampo.run(command.toArray(String[]::new));
      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(result.out()).as(result.toString()).isNotBlank();
    }
  }

  @Test
  @Order(2)
  void benchTellsWhatATransferCosts() throws IOException, InterruptedException {
    var result =
        sampo.run(
            "bench --running --warm-up 2s --windows 3 --window 1s --in-flight 64 -o json"
                .split(" "));

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.out().lines()).hasSize(1);
    var json = result.json();
    assertThat(json.get("validators").asInt()).isEqualTo(4);
    assertThat(json.get("engine").asText()).isEqualTo("simplex");
    assertThat(json.get("verifier").asText()).isNotBlank();
    assertThat(json.get("windows")).hasSize(3);
    assertThat(json.get("rejected").asLong()).isZero();
    for (var figure :
        new String[] {
          "transfers_per_second",
          "p50_ms",
          "p99_ms",
          "p999_ms",
          "cpu_us_per_transfer_servers",
          "cpu_us_per_transfer_client",
          "syncs_per_block",
          "wire_bytes_per_transfer",
          "disk_bytes_per_transfer"
        }) {
      assertThat(json.get(figure).asDouble()).as(figure + " in " + result).isPositive();
    }
    assertThat(json.get("syncs_per_block").asDouble()).isLessThan(4);
    assertThat(json.get("p99_ms").asDouble()).isGreaterThanOrEqualTo(json.get("p50_ms").asDouble());
  }

  @Test
  @Order(3)
  void nodesShareTheLibrariesThatWerePackaged() throws IOException {
    var maps = Path.of("/proc", String.valueOf(sampo.pid("v2")), "maps");
    assumeThat(maps).exists(); // Linux tells what a process has mapped
    assumeThat(System.getProperty("os.arch")).isIn("amd64", "aarch64"); // what is unpacked

    assertThat(Files.readAllLines(maps).stream().filter(line -> line.contains("rocksdbjni")))
        .isNotEmpty()
        .allMatch(line -> line.contains("/cluster-config/target/sampo/native/"));
  }

  @Test
  @Order(4)
  void profileTellsWhereTheTimeGoes() throws IOException, InterruptedException {
    var file = home.resolve("v2.jfr");
    try (var writer = new Writer(client(), key("load-07"), key("load-08").account())) {
      writer.start();
      var result =
          sampo.run("profile", "v2", "--time", "2s", "--file", file.toString(), "-o", "json");
      writer.stop();

      assertThat(result.exitCode()).as(result.toString()).isZero();
      var json = result.json();
      assertThat(json.get("transactions").asLong()).as(result.toString()).isPositive();
      assertThat(json.get("cpu_ms").asLong()).as(result.toString()).isPositive();
      assertThat(json.get("steps").findValuesAsText("step"))
          .contains("consensus: ConsensusVote", "blocks applied", "promises written");
    }
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    // Nor does it tell how anything on this machine was started.
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getEventType().getName())
        .contains("dev.sampo.ConsensusStep")
        .doesNotContain(
            "jdk.JVMInformation",
            "jdk.SystemProcess",
            "jdk.InitialSystemProperty",
            "jdk.InitialEnvironmentVariable");
    var again = sampo.run("profile", "v2", "--time", "1s", "--file", file.toString());
    assertThat(again.exitCode()).as(again.toString()).isEqualTo(5);
  }

  @Test
  @Order(5)
  void oneLostValidatorStopsNothingAndCatchesUp() throws IOException, InterruptedException {
    try (var writer = new Writer(client(), key("load-01"), key("load-02").account())) {
      writer.start();
      await().atMost(SOON).until(() -> writer.acknowledged().size() >= 3);

      kill("v3");
      int lost = writer.acknowledged().size();
      await("commits without v3").atMost(SOON).until(() -> writer.acknowledged().size() > lost + 5);

      assertThat(sampo.run("demo", "restart", "v3").exitCode()).isZero();
      int restarted = writer.acknowledged().size();
      await().atMost(SOON).until(() -> writer.acknowledged().size() > restarted + 3);
      writer.stop();
      awaitAgreement();
      assertEachHappenedOnce(client(), writer.acknowledged());
    }
  }

  @Test
  @Order(6)
  @Tag("fault-19")
  void aPartitionStopsTheLoadUntilItHeals() throws IOException, InterruptedException {
    try (var writer = new Writer(client(), key("load-05"), key("load-06").account())) {
      writer.start();
      await().atMost(SOON).until(() -> writer.acknowledged().size() >= 3);

      assertThat(chaos("partition", "--dc", "a,b")).isEqualTo("partition 0,1 | 2,3");
      var before = height();
      var transfer =
          sampo.run(
              "tx",
              "transfer",
              "--from",
              "alice",
              "--to",
              "bob",
              "--amount",
              "3",
              "--wait",
              "--timeout",
              "3s");
      assertThat(transfer.exitCode()).as(transfer.toString()).isEqualTo(6);
      // A block that was under way when the links were cut may still have become final.
      assertThat(height()).isLessThanOrEqualTo(before + 1);

      var scenario =
          Files.writeString(home.resolve("heal.scenario"), "sampo-scenario 1\nat 0s heal\n");
      int cut = writer.acknowledged().size();
      assertThat(sampo.run("chaos", "run", scenario.toString()).exitCode()).isZero();
      await("commits again").atMost(SOON).until(() -> writer.acknowledged().size() > cut + 3);
      writer.stop();
    }
    assertThat(chaos("crash", "v4")).isEqualTo("crash 3 kept");
    assertThat(chaos("restart", "v4")).isEqualTo("restart 3");
    awaitAgreement();
    assertThat(sampo.run("chaos", "crash", "v9").exitCode()).isEqualTo(3);
    assertThat(sampo.run("chaos", "drop", "many").exitCode()).isEqualTo(2);
  }

  private static String chaos(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("chaos"));
    command.addAll(List.of(words));
    command.addAll(List.of("-o", "json"));
    var result = sampo.run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result.json().get("fault").asText();
  }

  private static long height() throws IOException, InterruptedException {
    var rows = sampo.run("status", "-o", "json").json().get("validators");
    return StreamSupport.stream(rows.spliterator(), false)
        .mapToLong(row -> row.get("height").asLong())
        .max()
        .orElseThrow();
  }

  @Test
  @Order(7)
  void withoutAQuorumTheOutcomeIsUnknownUntilThereIsOneAgain()
      throws IOException, InterruptedException {
    kill("v3");
    kill("v4");

    var transfer =
        sampo.run(
            "tx",
            "transfer",
            "--from",
            "alice",
            "--to",
            "bob",
            "--amount",
            "7",
            "--wait",
            "--timeout",
            "3s",
            "-o",
            "json");
    assertThat(transfer.exitCode()).as(transfer.toString()).isEqualTo(6);
    var id = transfer.json().get("transaction_id").asText();
    var status = sampo.run("status", "-o", "json");
    assertThat(status.exitCode()).as(status.toString()).isEqualTo(10);
    assertThat(status.json().get("quorum_margin").asInt()).isEqualTo(-1);
    assertThat(status.json().get("validators")).hasSize(4);

    assertThat(sampo.run("demo", "restart", "v4").exitCode()).isZero();
    var watch = sampo.run("tx", "watch", id);
    assertThat(watch.exitCode()).as(watch.toString()).isZero();
    assertThat(watch.out()).contains("COMMITTED");
    assertThat(sampo.run("demo", "restart", "v3").exitCode()).isZero();
    awaitAgreement();
  }

  @Test
  @Order(8)
  @Tag("fault-30")
  void noAcknowledgedTransferIsLostWhenAllAreKilledAtOnce()
      throws IOException, InterruptedException {
    var trade = LedgerId.fromHex(ledgerId(TRADE));
    List<Outcome.Committed> acknowledged;
    List<Outcome.Committed> acknowledgedByTrade;
    try (var writer = new Writer(client(), key("load-03"), key("load-04").account());
        var trader = new Writer(client(trade), key("load-03"), key("load-04").account())) {
      writer.start();
      trader.start();
      await().atMost(SOON).until(() -> writer.acknowledged().size() >= 5);
      await().atMost(SOON).until(() -> trader.acknowledged().size() >= 5);
      for (var validator : List.of("v1", "v2", "v3", "v4")) {
        kill(validator);
      }
      writer.stop();
      trader.stop();
      acknowledged = writer.acknowledged();
      acknowledgedByTrade = trader.acknowledged();
    }

    demo.destroy();
    demo.waitFor();
    assertThat(sampo.pointerFile()).doesNotExist();
    demo = startDemo();

    awaitAgreement();
    assertEachHappenedOnce(client(), acknowledged);
    assertEachHappenedOnce(client(trade), acknowledgedByTrade);
  }

  @Test
  @Order(9)
  void aKilledDemoLeavesNoNodeRunning() throws IOException, InterruptedException {
    var nodes = List.of(sampo.pid("v1"), sampo.pid("v2"), sampo.pid("v3"), sampo.pid("v4"));

    demo.destroyForcibly().waitFor();

    await()
        .atMost(SOON)
        .until(() -> nodes.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    assertThat(sampo.run("status").exitCode()).isEqualTo(1);
  }

  /** The commands between the markers of README.md, without {@code ./sampo} and comments. */
  private static List<List<String>> tour() throws IOException {
    var readme = Files.readString(Path.of("..", "README.md"));
    var block =
        readme.substring(
            readme.indexOf("<!-- tour:begin -->"), readme.indexOf("<!-- tour:end -->"));
    return block
        .lines()
        .filter(line -> line.startsWith("./sampo "))
        .map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
        .map(words -> List.of(words).subList(1, words.length))
        .toList();
  }

  private static void kill(String validator) throws IOException {
    var process = ProcessHandle.of(sampo.pid(validator)).orElseThrow();
    process.destroyForcibly();
    await().atMost(SOON).until(() -> !process.isAlive());
  }

  /** All four are there, at the same height and with the same root. */
  private static void awaitAgreement() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var json = sampo.run("status", "-o", "json").json();
              assertThat(json.get("quorum_margin").asInt()).isEqualTo(1);
              var rows = StreamSupport.stream(json.get("validators").spliterator(), false).toList();
              assertThat(rows).allSatisfy(row -> assertThat(row.get("lag").asLong()).isZero());
              assertThat(rows.stream().map(row -> row.get("state_root").asText()).distinct())
                  .hasSize(1);
            });
  }

  /** Each is in the block that was told, once, and in no other one of this test. */
  private static void assertEachHappenedOnce(SampoClient of, List<Outcome.Committed> acknowledged) {
    try (var client = of) {
      for (var committed : acknowledged) {
        var height = committed.receipt().height();
        assertThat(client.transaction(committed.id())).contains(committed);
        var executed = new ArrayList<String>();
        client
            .block(height)
            .orElseThrow()
            .getEntriesList()
            .forEach(
                entry -> {
                  if (entry.getResult().equals("EXECUTED")) {
                    executed.add(HexFormat.of().formatHex(entry.getTransactionId().toByteArray()));
                  }
                });
        assertThat(executed).containsOnlyOnce(committed.id().hex());
      }
    }
  }

  private static String ledgerId(String name) throws IOException, InterruptedException {
    var result = sampo.run("ledger", "describe", name, "-o", "json");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return result.json().get("ledger_id").asText();
  }

  private static SampoClient client() throws IOException {
    return client(LedgerId.fromHex(sampo.pointer().get("ledger_id").asText()));
  }

  private static SampoClient client(LedgerId ledger) throws IOException {
    var trust = new TrustAnchor.Pinned(ledger);
    var endpoints =
        StreamSupport.stream(sampo.pointer().get("validators").spliterator(), false)
            .map(validator -> validator.get("endpoint").asText())
            .toArray(String[]::new);
    return SampoClient.connect(ClientSettings.of(trust, endpoints));
  }

  private static KeyFile key(String name) throws IOException {
    return KeyFile.read(Path.of(sampo.pointer().get("keys").asText()).resolve(name + ".key"));
  }
}
