package dev.sampo.node.ledger;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.system.FreePorts;
import dev.sampo.persistence.store.PostgresAccess;
import dev.sampo.persistence.store.PostgresReplicas;
import dev.sampo.persistence.store.RefusedStart;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A ledger of four validators in this process, the first of which has two nodes that share its
 * replica in a database. Which of the two takes it over is for the test to say.
 */
final class SharedValidator {

  private static final ValidatorIndex SHARED = ValidatorIndex.of(0);
  private static final int NODES = 2;

  private record Node(
      ActorSystem<LedgersActor.Command> system,
      PrometheusMeterRegistry registry,
      OpenLedgers ledgers,
      RunningLedgers running) {}

  private final Validators ledger;
  private final List<Integer> ports;
  private final List<Node> nodes = new ArrayList<>();
  private final List<ActorSystem<LedgersActor.Command>> systems = new ArrayList<>();
  private final List<PrometheusMeterRegistry> othersRegistries = new ArrayList<>();
  private final List<LedgerAccess> others = new ArrayList<>();
  private final List<ActorSystem<LedgersActor.Command>> unfenced = new ArrayList<>();
  private final List<CountingSigner> signers = new ArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  SharedValidator(Validators ledger) {
    this.ledger = ledger;
    this.ports = FreePorts.any(ledger.genesis().validators().size() + 1);
    for (int i = 0; i < NODES; i++) {
      signers.add(new CountingSigner(signer(SHARED), new AtomicLong()));
    }
  }

  private record CountingSigner(Signer signer, AtomicLong signatures) implements Signer {
    @Override
    public PublicKey publicKey() {
      return signer.publicKey();
    }

    @Override
    public Signature sign(Hash digest) {
      signatures.incrementAndGet();
      return signer.sign(digest);
    }
  }

  /** One server for all tests of the process, which keeps what it confirms. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "32MB")
            .start();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  Validators ledger() {
    return ledger;
  }

  /** Nobody hosts the shared replica yet. */
  void start() throws RefusedStart {
    startOthers();
    var key = signer(SHARED).publicKey();
    var url = "jdbc:postgresql://127.0.0.1:" + Server.POSTGRES.getPort() + "/postgres";
    var stores = new PostgresReplicas(new PostgresAccess(url, "postgres", "unused"), key);
    var _ = stores.init(ledger.genesis().ledgerId());
    for (int i = 0; i < NODES; i++) {
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      var system = system(SHARED, i, registry);
      var open = OpenLedgers.shared(settings(SHARED, signers.get(i)), stores, this::fail);
      var running = RunningLedgers.shared(system, open, LedgersActor.hosting(system));
      nodes.add(new Node(system, registry, open, running));
    }
  }

  /** For {@link #unfenced}: nobody hosts the shared replica yet. */
  void startWithoutFence() {
    startOthers();
    for (int i = 0; i < NODES; i++) {
      unfenced.add(system(SHARED, i, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    }
  }

  /** A node hosts the replica and announces the epoch, but nothing looks at it when it writes. */
  LedgerAccess unfenced(int node, long epoch) {
    return hostInMemory(settings(SHARED, signers.get(node)), unfenced.get(node), epoch);
  }

  /** How much a node has signed. */
  long signatures(int node) {
    return signers.get(node).signatures.get();
  }

  private void startOthers() {
    for (var index : ledger.genesis().validators().indices()) {
      if (!index.equals(SHARED)) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        othersRegistries.add(registry);
        others.add(hostInMemory(settings(index, signer(index)), system(index, 0, registry), 1));
      }
    }
  }

  private LedgerAccess hostInMemory(
      LedgerSettings settings, ActorSystem<LedgersActor.Command> system, long epoch) {
    var storage =
        new LedgerParts.Storage(
            ledger.newStore(), Replicas::memoryJournal, () -> 0, () -> 0, epoch, false);
    var access = new CompletableFuture<LedgerAccess>();
    system.tell(new LedgersActor.Host(settings, storage, new WriterFence(this::fail), access));
    return access.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private ActorSystem<LedgersActor.Command> system(
      ValidatorIndex self, int node, PrometheusMeterRegistry registry) {
    var genesis = ledger.genesis();
    var addresses = new TreeMap<ValidatorIndex, List<PeerAddress>>();
    for (var index : genesis.validators().indices()) {
      if (!index.equals(self)) {
        addresses.put(index, addressesOf(index));
      }
    }
    var seed = ledger.seed(self);
    var tls = PeerTls.of(seed, Ed25519Signer.fromSeed(seed).publicKey());
    int ownNodes = addressesOf(self).size();
    var system =
        ActorSystem.create(
            LedgersActor.create(
                new LedgersActor.Network(
                    genesis.ledgerId(), genesis.validators(), self, tls, addresses, ownNodes),
                PeerSettings.loopback(addressesOf(self).get(node).port()),
                registry,
                this::fail),
            "sampo-" + self + "-" + node);
    systems.add(system);
    return system;
  }

  private List<PeerAddress> addressesOf(ValidatorIndex index) {
    var first = new PeerAddress("127.0.0.1", ports.get(index.number()));
    return index.equals(SHARED)
        ? List.of(first, new PeerAddress("127.0.0.1", ports.getLast()))
        : List.of(first);
  }

  private Signer signer(ValidatorIndex self) {
    return Ed25519Signer.fromSeed(ledger.seed(self));
  }

  private LedgerSettings settings(ValidatorIndex self, Signer signer) {
    var genesis = ledger.genesis();
    return new LedgerSettings(
        LedgerSettings.FIRST_NAME,
        genesis,
        new Assets(),
        new LedgerSettings.Seat(self, signer),
        genesis.validators().keys().stream()
            .map(key -> new LedgerSettings.ValidatorInfo("v-" + key, "a", key))
            .toList());
  }

  private void fail(String reason, Throwable cause) {
    failures.add(reason + ": " + cause);
  }

  RunningLedgers.Copy takeOver(int node) throws Exception {
    return nodes
        .get(node)
        .running()
        .takeOver(ledger.genesis().ledgerId())
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  void release(int node) throws Exception {
    nodes
        .get(node)
        .running()
        .release(ledger.genesis().ledgerId())
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  RunningLedgers running(int node) {
    return nodes.get(node).running();
  }

  List<HostedLedger> list(int node) {
    return nodes.get(node).running().list();
  }

  /** The way to the copy, and to the other validators. */
  List<LedgerAccess> accesses(LedgerAccess copy) {
    return Stream.concat(Stream.of(copy), others.stream()).toList();
  }

  double fencedCount(int node) {
    return nodes.get(node).registry().counter("sampo.replicas.fenced").count();
  }

  List<Meter> meters(int node) {
    return nodes.get(node).registry().getMeters().stream()
        .filter(meter -> "main".equals(meter.getId().getTag("ledger")))
        .toList();
  }

  /** What the other validators have found against anybody. */
  double evidence() {
    return othersRegistries.stream()
        .mapToDouble(
            registry -> registry.counter("sampo.consensus.evidence", "ledger", "main").count())
        .sum();
  }

  /** What would have stopped a process. */
  List<String> processFailures() {
    return List.copyOf(failures);
  }

  void stop() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(
        system ->
            system
                .getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join());
    nodes.forEach(node -> node.ledgers().close());
  }
}
