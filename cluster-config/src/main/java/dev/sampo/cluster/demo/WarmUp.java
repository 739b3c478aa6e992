package dev.sampo.cluster.demo;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.startup.NodeProcess;
import dev.sampo.core.genesis.LedgerParameters;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The training run of the start-up cache: two real validators in this one JVM, which link up, form
 * a cluster and commit transfers that a real client sends, so that the cache knows all their
 * classes.
 */
public final class WarmUp {

  private static final int VALIDATORS = 2;
  private static final long TRANSFERS = 10_000;
  private static final int IN_FLIGHT = 256;
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
      var layout =
          DemoLayout.in(folder.path(), VALIDATORS, LedgerParameters.DEFAULT, new SecureRandom());
      var ports = DemoPorts.ephemeral(VALIDATORS);
      var files = new NodeFiles(layout, ports);
      for (int i = 0; i < VALIDATORS; i++) {
        var node = NodeProcess.start(files.write(i));
        lifetime.atEnd("stop " + DemoLayout.nameOf(i), node::stop);
      }
      var endpoints =
          IntStream.range(0, VALIDATORS)
              .mapToObj(i -> "http://127.0.0.1:" + ports.api().get(i))
              .toList();
      await(() -> endpoints.stream().allMatch(ReadyProbe::isReady));
      return exercise(layout, endpoints);
    } finally {
      lifetime.end();
    }
  }

  private ExitCode exercise(DemoLayout layout, List<String> endpoints) throws InterruptedException {
    var trust = new TrustAnchor.Pinned(layout.genesis().ledgerId());
    var settings = ClientSettings.of(trust, endpoints.toArray(String[]::new));
    try (var client = SampoClient.connect(settings)) {
      await(() -> client.status().getClusterMembersUp() == VALIDATORS);
      var ring = DemoAccounts.loadKeys(layout.keys());
      var load = new TransferLoad(List.of(client), ring, IN_FLIGHT, _ -> {}).closedLoop(TRANSFERS);
      var reading = client.provenAccount(ring.getFirst().account(), List.of(DemoAccounts.COIN));
      client.latestBlock();
      console.say(
          "committed %d of %d, proof at height %d"
              .formatted(load.total().committed(), TRANSFERS, reading.height().number()));
      return load.total().committed() == TRANSFERS ? ExitCode.OK : ExitCode.FAILED;
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
