package dev.sampo.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Validators of two nodes each, as JVMs, on a PostgreSQL server: one is killed, and its sibling
 * goes on with what it has promised (protocol 7.20, faults 24 and 34). Eight JVMs want more than
 * two cores, so it runs where it is asked for: {@code -Dsampo.many.nodes=true}.
 */
@EnabledIfSystemProperty(named = "sampo.many.nodes", matches = "true")
@Timeout(600)
@Tag("fault-34")
@ResourceLock(Sampo.CORES)
final class ManyNodesIT {

  /** What a machine that runs other things besides may need; on an idle one it is below 10 s. */
  private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(60);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path home;

  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedPostgres server;
  private Path password;
  private Process demo;
  private Path talk;
  private Sampo sampo;

  @BeforeEach
  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .start();
    password = home.resolve("password");
    Files.createFile(
        password,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, "unused\n");
    talk = home.resolve("talk");
    sampo = new Sampo(home);
  }

  private Process demo(String more) throws IOException {
    var shared =
        "demo --nodes-per-validator 2 --ledgers 2 --database jdbc:postgresql://127.0.0.1:"
            + server.getPort()
            + "/postgres --database-password-file "
            + password;
    return sampo.start(home.resolve("out"), talk, (shared + more).split(" "));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    demo.destroy();
    if (!demo.waitFor(60, TimeUnit.SECONDS)) {
      demo.destroyForcibly().waitFor();
    }
    server.close();
  }

  @Test
  void aLedgerMovesByCommandAndAKilledNodesLedgersVoteAgainElsewhere() throws Exception {
    demo = demo("");
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> Files.exists(sampo.pointerFile()) || !demo.isAlive());
    assertThat(demo.isAlive()).as(Files.readString(talk)).isTrue();
    for (int validator = 1; validator <= 4; validator++) {
      assertThat(hosts("v" + validator + "a", "v" + validator + "b")).hasSize(2);
    }
    transfer("v3");
    moveMain(hostOfMain("v1").equals("v1a") ? "v1b" : "v1a");

    // With one validator gone, every block needs the vote of each of the others.
    kill("v2a");
    kill("v2b");
    var host = hostOfMain("v1");
    var sibling = host.equals("v1a") ? "v1b" : "v1a";
    long killed = System.nanoTime();
    kill(host);

    await()
        .atMost(TAKE_OVER_MAX)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> ledgersAt(sibling).contains("main"));
    var hosted = Duration.ofNanos(System.nanoTime() - killed);
    transfer("v3");
    var voted = Duration.ofNanos(System.nanoTime() - killed);

    System.out.printf(
        "killed %s; %s hosts main after %d ms, a transfer needed its vote after %d ms%n",
        host, sibling, hosted.toMillis(), voted.toMillis());
    assertThat(hosted).isLessThan(TAKE_OVER_MAX);
    assertThat(evidence()).isZero();

    // Who comes back finds its place again, and takes nothing by force.
    assertThat(sampo.run("demo", "restart", host).exitCode()).isZero();
    await()
        .atMost(TAKE_OVER_MAX)
        .until(() -> ledgersAt(host).size() == 1 && ledgersAt(sibling).size() == 1);
    transfer("v3");
    assertThat(evidence()).isZero();
  }

  private void moveMain(String to) throws IOException, InterruptedException {
    var from = hostOfMain("v1");
    var moved = sampo.run("ledger", "move", "main", "--to", to, "-o", "json");

    assertThat(moved.exitCode()).as(moved.toString()).isZero();
    assertThat(moved.json().get("from").asText()).isEqualTo(from);
    assertThat(moved.json().get("host").asText()).isEqualTo(to);
    assertThat(moved.json().get("writer_epoch").asLong()).isGreaterThan(1);
    assertThat(ledgersAt(to)).contains("main");
    System.out.println("moved main: " + moved.out().strip());
    var status = sampo.run("status", "-o", "json").json().get("validators");
    assertThat(status).hasSize(4);
    assertThat(status.get(0).get("name").asText()).isEqualTo("v1");
    assertThat(status.get(0).get("host").asText()).isEqualTo(to);
    assertThat(status.get(0).get("nodes").findValuesAsText("name")).containsExactly("v1a", "v1b");
    assertThat(sampo.run("ledger", "move", "main", "--to", "v9a").exitCode()).isEqualTo(3);
  }

  /** How long it takes is for people to look at: eight JVMs and the load share the machine. */
  @Test
  void noRequestFailsWhileALedgerMovesAndNothingIsLostWhenANodeDies() throws Exception {
    demo = demo(" --transfers 400 --move main=v1a --move main=v1b --kill v2a -o json");
    assertThat(demo.waitFor(9, TimeUnit.MINUTES)).as(Files.readString(talk)).isTrue();

    var out = Files.readString(home.resolve("out"));
    System.out.println("events under load: " + out.strip());
    assertThat(demo.exitValue()).as(out + Files.readString(talk)).isZero();
    var report = MAPPER.readTree(out);
    assertThat(report.get("lost").asLong()).isZero();
    assertThat(report.get("conserved").asBoolean()).isTrue();
    assertThat(report.get("state_roots_equal").asBoolean()).isTrue();
    assertThat(report.get("evidence").asLong()).isZero();
    assertThat(report.get("events")).hasSize(3);
    for (var event : report.get("events")) {
      assertThat(event.get("voted_after_ms").isNumber()).as(out).isTrue();
      if (event.get("event").asText().equals("move")) {
        assertThat(event.get("failed_requests").asLong()).as(out).isZero();
      }
    }
  }

  private void kill(String node) throws IOException, InterruptedException {
    var killed = sampo.run("demo", "kill", node);
    assertThat(killed.exitCode()).as(killed.toString()).isZero();
  }

  /** Through a node that hosts the ledger; committed when this returns. */
  private void transfer(String validator) throws IOException, InterruptedException {
    var result =
        sampo.run(
            "tx",
            "transfer",
            "--endpoint",
            endpoint(hostOfMain(validator)),
            "--ledger",
            sampo.pointer().get("ledger_id").asText(),
            "--keys",
            sampo.pointer().get("keys").asText(),
            "--from",
            "alice",
            "--to",
            "bob",
            "--amount",
            "1",
            "--wait",
            "-o",
            "json");
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private String hostOfMain(String validator) throws IOException, InterruptedException {
    for (var node : List.of(validator + "a", validator + "b")) {
      if (ledgersAt(node).contains("main")) {
        return node;
      }
    }
    throw new AssertionError("no node of " + validator + " hosts main");
  }

  private List<String> hosts(String... nodes) throws IOException, InterruptedException {
    var hosted = new ArrayList<String>();
    for (var node : nodes) {
      hosted.addAll(ledgersAt(node));
    }
    return hosted;
  }

  private Set<String> ledgersAt(String node) throws IOException, InterruptedException {
    var names = new TreeSet<String>();
    try {
      for (JsonNode each : MAPPER.readTree(get(node, "/v1/ledgers")).path("ledgers")) {
        names.add(each.get("name").asText());
      }
    } catch (ConnectException gone) {
      names.clear();
    }
    return names;
  }

  /** What any node has found against anybody. */
  private double evidence() throws IOException, InterruptedException {
    double found = 0;
    for (var each : sampo.pointer().get("validators")) {
      try {
        found +=
            get(each.get("name").asText(), "/metrics")
                .lines()
                .filter(line -> line.startsWith("sampo_consensus_evidence"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
      } catch (ConnectException gone) {
        assertThat(gone).isNotNull();
      }
    }
    return found;
  }

  private String get(String node, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(endpoint(node) + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  private String endpoint(String node) throws IOException {
    for (var each : sampo.pointer().get("validators")) {
      if (each.get("name").asText().equals(node)) {
        return each.get("endpoint").asText();
      }
    }
    throw new AssertionError("the demo has no node " + node);
  }
}
