package dev.sampo.cluster.demo;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.Console;
import dev.sampo.core.genesis.Genesis;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Four validators as processes of a ledger of their own, for a command that puts load on them. */
public final class DemoSession {

  private static final Duration READY_MAX = Duration.ofMinutes(2);

  private final DemoLayout layout;
  private final DemoCluster cluster;

  private DemoSession(DemoLayout layout, DemoCluster cluster) {
    this.layout = layout;
    this.cluster = cluster;
  }

  /**
   * Starts them and returns when they are ready; whatever was begun is undone at the end of {@code
   * lifetime}.
   *
   * @param data where to keep everything, and resume from; a temporary folder if it is empty
   */
  public static DemoSession start(Optional<Path> data, Console console, Lifetime lifetime)
      throws IOException, InterruptedException {
    var folder = DemoFolder.open(data);
    lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
    var layout = DemoLayout.in(folder.path(), new SecureRandom());
    var cluster =
        DemoCluster.prepare(
            layout,
            DemoPorts.ephemeral(DemoLayout.VALIDATORS),
            death -> console.say(death.name() + " ended with exit code " + death.exitCode()));
    lifetime.atEnd("stop the validators", cluster::stop);
    console.say("starting " + DemoLayout.VALIDATORS + " validators ...");
    cluster.start();
    cluster.awaitReady(READY_MAX, console::say);
    return new DemoSession(layout, cluster);
  }

  public Genesis genesis() {
    return layout.genesis();
  }

  /** The keys of the accounts that transfers go round. */
  public List<KeyFile> ring() throws IOException {
    return DemoAccounts.loadKeys(layout);
  }

  /** A client of all validators; to be closed. */
  public SampoClient connect() {
    var trust = new TrustAnchor.Document(layout.genesis());
    return SampoClient.connect(ClientSettings.of(trust, endpoints().toArray(String[]::new)));
  }

  /** Where each validator answers, in the order of their indices. */
  public List<String> endpoints() {
    return cluster.endpoints();
  }

  /** The processes of the validators. */
  public List<Long> processes() {
    return cluster.processes().stream().map(ValidatorProcess::pid).toList();
  }

  /** The largest amount of memory that one of the validators has had in use, in MiB. */
  public long residentMebibytesMax() throws IOException, InterruptedException {
    return cluster.residentMebibytesMax();
  }
}
