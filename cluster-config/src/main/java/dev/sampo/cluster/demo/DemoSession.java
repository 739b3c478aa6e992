package dev.sampo.cluster.demo;

import dev.sampo.client.Backoff;
import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.SampoClient;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.ledger.LedgerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Validators as processes on this machine, for a command that puts load on them.
 *
 * @param ledgers what each of their ledgers starts from
 * @param nodes where the nodes of each validator answer, in the order of their indices
 * @param gateways where each gateway answers, which clients talk to if there are any
 * @param processes of the validators
 * @param pauses where each validator logs how long its collector stopped it; none if they do not
 */
public record DemoSession(
    SortedMap<LedgerName, Genesis> ledgers,
    Path keys,
    List<List<String>> nodes,
    List<String> gateways,
    List<Long> processes,
    List<Path> pauses) {

  public DemoSession {
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
    nodes = nodes.stream().map(List::copyOf).toList();
    gateways = List.copyOf(gateways);
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
    return new DemoStart(collector, console, lifetime).session(choice);
  }

  /** So that amounts can cross between the first ledger and each other one. */
  void connectLedgers(Console console) {
    if (ledgers.size() > 1) {
      console.say(DemoChannels.connect(ledgers, keys, this::connect).text());
    }
  }

  /**
   * A load on all ledgers, of which some crosses; returns when amounts can cross.
   *
   * @param clients one for each ledger, as of {@link #connectToEach}
   * @param crossPercent how many of the transfers go to another ledger
   */
  public TransferLoad load(List<SampoClient> clients, int inFlight, int crossPercent)
      throws InterruptedException {
    var cross = FirstCrossing.share(crossPercent, this, clients, CrossShare.usually());
    return new TransferLoad(clients, ring(), inFlight, cross, _ -> {});
  }

  /** The demo that runs in another terminal, which stays when this process ends. */
  public static DemoSession of(DemoPointer running) throws IOException {
    return new DemoSession(
        DemoCharters.of(running).documents(),
        running.keys(),
        running.byValidator().values().stream()
            .map(each -> each.stream().map(DemoPointer.Validator::endpoint).toList())
            .toList(),
        List.of(),
        running.validators().stream().map(DemoPointer.Validator::pid).toList(),
        List.of());
  }

  /** Where all nodes of validators answer. */
  public List<String> endpoints() {
    return nodes.stream().flatMap(List::stream).toList();
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
    return connectToEach(Backoff.DEFAULT);
  }

  /** As above; what is refused is sent again by that {@code backoff}. */
  public List<SampoClient> connectToEach(Backoff backoff) {
    return ledgers.values().stream().map(clientsAt(entrances(), backoff)).toList();
  }

  private List<String> entrances() {
    return gateways.isEmpty() ? endpoints() : gateways;
  }

  /** As above, for one ledger. */
  SampoClient connect(Genesis genesis) {
    return clientsAt(entrances()).apply(genesis);
  }

  /** Where the validators of a ledger answer: the node of each that hosts it now. */
  List<String> endpointsOf(Genesis ledger) {
    return seatsOf(ledger).stream().map(seat -> hostOf(ledger, seat)).toList();
  }

  /** Of one validator; its first node if none says that it hosts the ledger. */
  String hostOf(Genesis ledger, int seat) {
    var ofValidator = nodes.get(seat);
    return ofValidator.size() == 1
        ? ofValidator.getFirst()
        : ofValidator.stream()
            .filter(node -> HostingProbe.ledgers(node).contains(nameOf(ledger).text()))
            .findFirst()
            .orElse(ofValidator.getFirst());
  }

  private LedgerName nameOf(Genesis ledger) {
    return ledgers.entrySet().stream()
        .filter(each -> each.getValue().ledgerId().equals(ledger.ledgerId()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The indices of the demo's validators that are on the committee of a ledger. */
  List<Integer> seatsOf(Genesis ledger) {
    return genesis().validators().indices().stream()
        .filter(index -> ledger.validators().indexOf(genesis().validators().key(index)).isPresent())
        .map(ValidatorIndex::number)
        .toList();
  }

  /** Opens a client of all validators for a ledger. */
  static Function<Genesis, SampoClient> clientsAt(List<String> endpoints) {
    return clientsAt(endpoints, Backoff.DEFAULT);
  }

  private static Function<Genesis, SampoClient> clientsAt(List<String> endpoints, Backoff backoff) {
    return genesis -> {
      var trust = new TrustAnchor.Document(genesis);
      return SampoClient.connect(
          ClientSettings.of(trust, endpoints.toArray(String[]::new)).withBackoff(backoff));
    };
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
