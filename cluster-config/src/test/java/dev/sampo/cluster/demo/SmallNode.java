package dev.sampo.cluster.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sampo.client.SampoClient;
import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.cluster.startup.NodeProcess;
import dev.sampo.cluster.startup.RunningSystem;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.genesis.LedgerParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A real node in this process, the only validator of two ledgers that are connected and between
 * which it relays; with the accounts and keys of a demo.
 */
public final class SmallNode implements AutoCloseable {

  public static final String FURTHER = "ledger-2";

  private static final Duration READY_MAX = Duration.ofSeconds(60);

  private final DemoLayout layout;
  private final String endpoint;
  private final RunningSystem running;

  private SmallNode(DemoLayout layout, String endpoint, RunningSystem running) {
    this.layout = layout;
    this.endpoint = endpoint;
    this.running = running;
  }

  /** Returns when it is ready. */
  public static SmallNode start(Path folder) throws IOException, InterruptedException {
    return start(folder, DemoSpread.NONE);
  }

  /** As above, with people who have one account each, on one of the ledgers. */
  public static SmallNode startSpread(Path folder) throws IOException, InterruptedException {
    return start(folder, DemoSpread.over(2));
  }

  private static SmallNode start(Path folder, HomeRule rule)
      throws IOException, InterruptedException {
    var layout = DemoLayout.in(folder, 1, LedgerParameters.DEFAULT, rule, new SecureRandom());
    var charters = DemoCharters.of(layout);
    charters.hostAtLeast(2, layout, new DemoCommittees(layout.members(), Optional.empty()));
    var ports = DemoPorts.ephemeral(1);
    var running = NodeProcess.start(new NodeFiles(layout, ports).write(0));
    var node = new SmallNode(layout, "http://127.0.0.1:" + ports.api().getFirst(), running);
    await().atMost(READY_MAX).until(() -> ReadyProbe.isReady(node.endpoint()));
    DemoChannels.connect(
        charters.documents(), layout.keys(), DemoSession.clientsAt(List.of(node.endpoint())));
    node.awaitCrossing(charters);
    return node;
  }

  /** Nothing leaves before a relay has brought the first anchor (T9). */
  private void awaitCrossing(DemoCharters charters) throws IOException, InterruptedException {
    var session =
        new DemoSession(
            charters.documents(),
            layout.keys(),
            List.of(List.of(endpoint)),
            List.of(),
            List.of(),
            List.of());
    var clients = session.connectToEach();
    try {
      assertThat(FirstCrossing.share(50, session, clients, CrossShare.usually()).percent())
          .isEqualTo(50);
    } finally {
      clients.forEach(SampoClient::close);
    }
  }

  public String endpoint() {
    return endpoint;
  }

  /** The id of its first ledger, in hexadecimal. */
  public String ledger() {
    return layout.genesis().ledgerId().hex();
  }

  /** Where the people are who are spread over its ledgers. */
  public NamedDirectory directory() throws IOException {
    return DemoCharters.of(layout).directory().orElseThrow();
  }

  /** Of its accounts. */
  public Path keys() {
    return layout.keys();
  }

  @Override
  public void close() {
    running.stop();
  }
}
