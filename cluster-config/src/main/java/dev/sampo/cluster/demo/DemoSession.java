package dev.sampo.cluster.demo;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.node.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Four validators as processes on this machine, for a command that puts load on them.
 *
 * @param ledgers what each of their ledgers starts from
 * @param endpoints where each validator answers, in the order of their indices
 * @param processes of the validators
 * @param pauses where each validator logs how long its collector stopped it; none if they do not
 */
public record DemoSession(
    SortedMap<LedgerName, Genesis> ledgers,
    Path keys,
    List<String> endpoints,
    List<Long> processes,
    List<Path> pauses) {

  private static final Duration READY_MAX = Duration.ofMinutes(2);

  public DemoSession {
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    endpoints = List.copyOf(endpoints);
    processes = List.copyOf(processes);
    pauses = List.copyOf(pauses);
  }

  /**
   * Starts them with ledgers of their own and returns when they are ready; whatever was begun is
   * undone at the end of {@code lifetime}.
   *
   * @param collector of each validator
   */
  public static DemoSession start(
      DemoChoice choice, Collector collector, Console console, Lifetime lifetime)
      throws IOException, InterruptedException {
    var folder = DemoFolder.open(choice.data());
    lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
    var layout = DemoLayout.in(folder.path(), choice, new SecureRandom());
    var ports = DemoPorts.ephemeral(DemoLayout.VALIDATORS);
    var pauses =
        IntStream.range(0, DemoLayout.VALIDATORS)
            .mapToObj(i -> layout.home(i).resolve("gc.log").toAbsolutePath())
            .toList();
    var cluster =
        DemoCluster.prepare(
            layout,
            ports,
            new NodeFiles(layout, ports),
            pauses.stream().map(log -> new NodeJvm(collector, Optional.of(log))).toList(),
            death -> console.say(death.name() + " ended with exit code " + death.exitCode()));
    lifetime.atEnd("stop the validators", cluster::stop);
    console.say("starting " + DemoLayout.VALIDATORS + " validators ...");
    cluster.start();
    cluster.awaitReady(READY_MAX, console::say);
    var processes = cluster.processes().stream().map(ValidatorProcess::pid).toList();
    var ledgers = DemoCharters.of(layout).documents();
    var session = new DemoSession(ledgers, layout.keys(), cluster.endpoints(), processes, pauses);
    session.connectLedgers(console);
    return session;
  }

  /** So that amounts can cross between the first ledger and each other one. */
  private void connectLedgers(Console console) {
    if (ledgers.size() > 1) {
      console.say(DemoChannels.connect(ledgers, keys, this::connect).text());
    }
  }

  /** The demo that runs in another terminal, which stays when this process ends. */
  public static DemoSession of(DemoPointer running) throws IOException {
    return new DemoSession(
        DemoCharters.of(running).documents(),
        running.keys(),
        running.endpoints(),
        running.validators().stream().map(DemoPointer.Validator::pid).toList(),
        List.of());
  }

  /** The keys of the accounts that transfers go round. */
  public List<KeyFile> ring() {
    return DemoAccounts.loadKeys(keys);
  }

  /** The ledger that the validators were started with. */
  public Genesis genesis() {
    return ledgers.getOrDefault(LedgerSettings.FIRST_NAME, ledgers.firstEntry().getValue());
  }

  /** A client of all validators for that ledger; to be closed. */
  public SampoClient connect() {
    return connect(genesis());
  }

  /** A client of all validators for each ledger, in the order of their names; to be closed. */
  public List<SampoClient> connectToEach() {
    return ledgers.values().stream().map(this::connect).toList();
  }

  private SampoClient connect(Genesis genesis) {
    return clientsAt(endpoints).apply(genesis);
  }

  /** Opens a client of all validators for a ledger. */
  static Function<Genesis, SampoClient> clientsAt(List<String> endpoints) {
    return genesis ->
        SampoClient.connect(
            ClientSettings.of(new TrustAnchor.Document(genesis), endpoints.toArray(String[]::new)));
  }

  /** The largest amount of memory that one of the validators has had in use, in MiB. */
  public long residentMebibytesMax() throws IOException, InterruptedException {
    long max = 0;
    for (long process : processes) {
      max = Math.max(max, ResidentMemory.mebibytes(process).orElse(0));
    }
    return max;
  }
}
