package dev.sampo.node.ledger;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.system.FreePorts;
import dev.sampo.persistence.journal.PromiseJournal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** All validators of a ledger in this process, each with its own actor system and ports. */
final class Replicas {

  private final List<ActorSystem<LedgerActor.Command>> systems = new ArrayList<>();
  private final List<LedgerAccess> accesses = new ArrayList<>();

  private Replicas() {}

  static Replicas start(Validators validators) {
    var replicas = new Replicas();
    var indices = validators.genesis().validators().indices();
    var ports = FreePorts.any(indices.size());
    for (var index : indices) {
      replicas.startOne(validators, index, ports);
    }
    return replicas;
  }

  List<LedgerAccess> accesses() {
    return accesses;
  }

  LedgerAccess access(int index) {
    return accesses.get(index);
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

  private void startOne(Validators validators, ValidatorIndex self, List<Integer> ports) {
    var addresses = new TreeMap<ValidatorIndex, PeerAddress>();
    for (var index : validators.genesis().validators().indices()) {
      if (!index.equals(self)) {
        addresses.put(index, new PeerAddress("127.0.0.1", ports.get(index.number())));
      }
    }
    var signer = Ed25519Signer.fromSeed(validators.seed(self));
    var infos =
        validators.genesis().validators().keys().stream()
            .map(key -> new NodeSettings.ValidatorInfo("v-" + key, "a", key))
            .toList();
    var settings =
        new NodeSettings(
            validators.genesis(),
            new Assets(),
            self,
            signer,
            infos,
            PeerSettings.loopback(ports.get(self.number())),
            GatewaySettings.loopback(0));
    var parts =
        new LedgerParts(
            settings,
            new LedgerParts.Links(PeerTls.of(validators.seed(self), signer.publicKey()), addresses),
            new LedgerParts.Storage(validators.newStore(), Replicas::memoryJournal, () -> 0),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            });
    var access = new CompletableFuture<LedgerAccess>();
    systems.add(ActorSystem.create(LedgerActor.create(parts, access), "sampo-" + self));
    accesses.add(access.orTimeout(20, TimeUnit.SECONDS).join());
  }

  private static Behavior<PromiseJournal.Command> memoryJournal(
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
