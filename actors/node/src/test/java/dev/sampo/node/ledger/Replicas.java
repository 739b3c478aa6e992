package dev.sampo.node.ledger;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.peer.Seats;
import dev.sampo.node.relay.RelaySettings;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.system.FreePorts;
import dev.sampo.persistence.journal.PromiseJournal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * All validators of a network in this process, each with its own actor system and ports, and a
 * replica of each of its ledgers.
 */
final class Replicas {

  private final List<ActorSystem<LedgersActor.Command>> systems = new ArrayList<>();

  /** By ledger, then by seat. */
  private final List<List<LedgerAccess>> accesses = new ArrayList<>();

  /** Of the first seat of each ledger. */
  private final List<LedgerReader> readers = new ArrayList<>();

  private static final FailStop FAIL =
      (reason, cause) -> {
        throw new AssertionError(reason, cause);
      };

  private final Validators network;

  /** Who has a new disk in place of one that was lost. */
  private final Set<ValidatorIndex> losers;

  private Replicas(Validators network, Set<ValidatorIndex> losers) {
    this.network = network;
    this.losers = losers;
  }

  /** One of the validators has lost its records, as after {@code node recover}. */
  static Replicas startAfterLoss(Validators network, ValidatorIndex loser) {
    return start(new Replicas(network, Set.of(loser)), network);
  }

  /** The validators of the first of the ledgers are the network. */
  static Replicas start(Validators first, Validators... others) {
    return start(new Replicas(first, Set.of()), first, others);
  }

  private static Replicas start(Replicas replicas, Validators first, Validators... others) {
    var indices = first.genesis().validators().indices();
    var ports = FreePorts.any(indices.size());
    indices.forEach(index -> replicas.startOne(index, ports));
    replicas.host(first);
    for (var other : others) {
      replicas.host(other);
    }
    return replicas;
  }

  /** Of the first ledger. */
  List<LedgerAccess> accesses() {
    return accesses.getFirst();
  }

  LedgerAccess access(int index) {
    return accesses().get(index);
  }

  /** Of one ledger, by the seats of its committee. */
  List<LedgerAccess> accesses(int ledger) {
    return accesses.get(ledger);
  }

  /** What the first seat of a ledger has executed. */
  LedgerReader reader(int ledger) {
    return readers.get(ledger);
  }

  /** Has a node relay packets between its ledgers. */
  void relay(int validator, RelaySettings settings) {
    systems.get(validator).tell(new LedgersActor.StartRelay(settings));
  }

  void stop() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(
        system ->
            system
                .getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
  }

  /** Starts the replicas of a ledger on the nodes of its committee, which may be running. */
  void host(Validators ledger) {
    var started = new ArrayList<LedgerAccess>();
    var genesis = ledger.genesis();
    var infos =
        genesis.validators().keys().stream()
            .map(key -> new LedgerSettings.ValidatorInfo("v-" + key, "a", key))
            .toList();
    for (var seat : genesis.validators().indices()) {
      var settings =
          new LedgerSettings(
              new LedgerName("ledger" + accesses.size()),
              genesis,
              new Assets(),
              new LedgerSettings.Seat(seat, Ed25519Signer.fromSeed(ledger.seed(seat))),
              infos);
      var store = ledger.newStore();
      if (seat.number() == 0) {
        readers.add(new LedgerReader(store));
      }
      var storage =
          new LedgerParts.Storage(
              store, Replicas::memoryJournal, () -> 0, () -> 0, 1, losers.contains(seat));
      var access = new CompletableFuture<LedgerAccess>();
      var seats = Seats.of(genesis.validators(), network.genesis().validators());
      systems
          .get(seats.validatorAt(seat).number())
          .tell(new LedgersActor.Host(settings, storage, new WriterFence(FAIL), access));
      started.add(access.orTimeout(20, TimeUnit.SECONDS).join());
    }
    accesses.add(started);
  }

  private void startOne(ValidatorIndex self, List<Integer> ports) {
    var genesis = network.genesis();
    var addresses = new TreeMap<ValidatorIndex, List<PeerAddress>>();
    for (var index : genesis.validators().indices()) {
      if (!index.equals(self)) {
        addresses.put(index, List.of(new PeerAddress("127.0.0.1", ports.get(index.number()))));
      }
    }
    var seed = network.seed(self);
    var tls = PeerTls.of(seed, Ed25519Signer.fromSeed(seed).publicKey());
    systems.add(
        ActorSystem.create(
            LedgersActor.create(
                new LedgersActor.Network(
                    genesis.ledgerId(), genesis.validators(), self, tls, addresses, 1),
                PeerSettings.loopback(ports.get(self.number())),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                FAIL),
            "sampo-" + self));
  }

  static Behavior<PromiseJournal.Command> memoryJournal(
      ActorRef<PromiseJournal.Recovered> recovered) {
    return Behaviors.setup(
        context -> {
          recovered.tell(new PromiseJournal.Recovered(List.<Promise>of()));
          return Behaviors.receive(PromiseJournal.Command.class)
              .onMessage(
                  PromiseJournal.Command.Write.class,
                  write -> {
                    write.replyTo().tell(new PromiseJournal.Written(write.sequence()));
                    return Behaviors.same();
                  })
              .build();
        });
  }
}
