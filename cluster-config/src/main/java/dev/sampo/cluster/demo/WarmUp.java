package dev.sampo.cluster.demo;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.NodeProcess;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The training run of the start-up cache: two real validators in this one JVM, which link up, form
 * a cluster and commit transfers that a real client sends on two ledgers and between them, so that
 * the cache knows all their classes and which ways their methods take.
 */
public final class WarmUp {

  private static final int VALIDATORS = 2;
  private static final int LEDGERS = 2;
  private static final long TRANSFERS = 10_000;
  private static final int IN_FLIGHT = 256;
  private static final int CROSS_PERCENT = 50;
  private static final Duration READY_MAX = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Console console;
  private final Lifetime lifetime;

  public WarmUp(Console console) {
    this.console = console;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  public ExitCode run() throws IOException, InterruptedException {
    try {
      var folder = DemoFolder.open(Optional.empty());
      lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
      var layout = DemoLayout.in(folder.path(), choice(), new SecureRandom());
      var ports = DemoPorts.ephemeral(VALIDATORS);
      var files = new NodeFiles(layout, ports);
      for (int i = 0; i < VALIDATORS; i++) {
        var node = NodeProcess.start(files.write(i));
        lifetime.atEnd("stop " + DemoLayout.nameOf(i), node::stop);
      }
      var endpoints =
          ports.api().stream().map(port -> List.of("http://127.0.0.1:" + port)).toList();
      var session =
          new DemoSession(
              DemoCharters.of(layout).documents(),
              layout.keys(),
              endpoints,
              List.of(),
              List.of(ProcessHandle.current().pid()),
              List.of());
      await(() -> session.endpoints().stream().allMatch(ReadyProbe::isReady));
      return exercise(session);
    } finally {
      lifetime.end();
    }
  }

  private static DemoChoice choice() {
    var sites = new DemoChoice.Sites(VALIDATORS, 1, VALIDATORS, 0, 0);
    return new DemoChoice(Optional.empty(), Optional.empty(), LEDGERS, sites);
  }

  private ExitCode exercise(DemoSession session) throws InterruptedException {
    var clients = session.connectToEach();
    try {
      var client = clients.getFirst();
      await(() -> client.status().getClusterMembersUp() == VALIDATORS);
      session.connectLedgers(console);
      var load = session.load(clients, IN_FLIGHT, CROSS_PERCENT);
      long committed = load.closedLoop(TRANSFERS).total().committed();
      var reader = session.ring().getFirst().account();
      var reading = client.provenAccount(reader, List.of(DemoAccounts.COIN));
      client.latestBlock();
      console.say(
          "committed %d of %d, proof at height %d"
              .formatted(committed, TRANSFERS, reading.height().number()));
      return committed == TRANSFERS ? ExitCode.OK : ExitCode.FAILED;
    } finally {
      clients.forEach(SampoClient::close);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new CommandFailed(ExitCode.FAILED, "the validators were not ready in time");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL.toMillis()));
    }
  }
}
