package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NodeConfig;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.Node;
import dev.sampo.node.NodeParts;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.gateway.RemoteReplica;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.node.ledger.NodeSettings;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.placing.PlacingSettings;
import dev.sampo.node.relay.RelaySettings;
import dev.sampo.node.routing.NodePort;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import dev.sampo.node.verification.SignatureProvider;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A validator as this process: started from its configuration, drained and stopped on SIGTERM. */
public final class NodeProcess {

  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  /** Of validators of other ledgers: enough for the anchors of a while. */
  private static final int VOTES_OF_PEERS = 2_048;

  /** The exit code after a broken invariant or a failed write; the log says which. */
  static final int FAIL_STOP_EXIT_CODE = 70;

  private static final Duration DRAIN_MAX = Duration.ofSeconds(2);

  private NodeProcess() {}

  /** Throws {@link FaultyConfig} with everything that speaks against the start. */
  public static RunningSystem start(Path configFile) {
    var config = NodeConfig.read(configFile);
    var inputs = NodeInputs.read(config);
    FailStop failStop = NodeProcess::halt;
    var settings = settings(inputs);
    var ledgers = open(inputs, settings.first(), failStop);
    var parts =
        new NodeParts(
            settings,
            links(inputs),
            ledgers,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            gateway -> LOG.info("{} serves at {}", config.name(), gateway),
            failStop);
    var system = NodeSystem.start(parts, membership(inputs), Map.of());
    drainFirst(system);
    return new RunningSystem(system, ledgers::close);
  }

  static OpenLedgers open(NodeInputs inputs, LedgerSettings first, FailStop failStop) {
    try {
      return placing(inputs.config()).isPresent()
          ? OpenLedgers.shared(first, inputs.stores(), failStop)
          : OpenLedgers.open(first, inputs.stores(), failStop);
    } catch (RefusedStart refused) {
      throw new FaultyConfig(
          refused.faults().stream()
              .map(StartFault::message)
              .map(message -> inputs.place() + ": " + message)
              .toList());
    }
  }

  private static NodeSettings settings(NodeInputs inputs) {
    var config = inputs.config();
    return new NodeSettings(
        firstLedger(inputs),
        PeerSettings.listeningOn(config.selfNode().peer().host(), config.selfNode().peer().port()),
        new GatewaySettings(
            config.api().host(), config.api().port(), GatewaySettings.Limits.DEFAULT),
        relay(inputs),
        Optional.of(port(inputs)));
  }

  private static NodePort port(NodeInputs inputs) {
    try {
      return new NodePort(
          inputs.clusterKeys().tls(),
          inputs
              .config()
              .cluster()
              .requests()
              .map(at -> new RemoteReplica.Address(at.host(), at.port())));
    } catch (IOException unusable) {
      throw new FaultyConfig(List.of(String.valueOf(unusable.getMessage())));
    }
  }

  private static Optional<RelaySettings> relay(NodeInputs inputs) {
    return inputs
        .relayKey()
        .flatMap(
            key ->
                inputs
                    .config()
                    .relay()
                    .map(
                        relay ->
                            RelaySettings.of(
                                relay.account(), SignatureProvider.signer(key.secretSeed()))));
  }

  static LedgerSettings firstLedger(NodeInputs inputs) {
    return new LedgerSettings(
        LedgerSettings.FIRST_NAME,
        inputs.genesis(),
        new Assets(SignatureProvider.remembering(VOTES_OF_PEERS)),
        new LedgerSettings.Seat(inputs.self(), SignatureProvider.signer(inputs.key().secretSeed())),
        inputs.validators().stream()
            .map(
                entry ->
                    new LedgerSettings.ValidatorInfo(
                        entry.name(), entry.dataCentre(), entry.publicKey()))
            .toList());
  }

  private static Membership membership(NodeInputs inputs) {
    var config = inputs.config();
    return ClusterJoining.of(
        config.cluster(),
        Membership.validator(inputs.self()),
        config.self().dataCentre(),
        inputs.clusterKeys());
  }

  private static NodeParts.Links links(NodeInputs inputs) {
    var addresses = new TreeMap<ValidatorIndex, List<PeerAddress>>();
    for (var index : inputs.genesis().validators().indices()) {
      if (!index.equals(inputs.self())) {
        addresses.put(
            index,
            inputs.validators().get(index.number()).nodes().stream()
                .map(node -> new PeerAddress(node.peer().host(), node.peer().port()))
                .toList());
      }
    }
    var tls = PeerTls.of(inputs.key().secretSeed(), inputs.key().publicKey());
    return new NodeParts.Links(tls, addresses, placing(inputs.config()));
  }

  private static Optional<PlacingSettings> placing(NodeConfig config) {
    var nodes = new TreeSet<String>();
    config.self().nodes().forEach(node -> nodes.add(node.name()));
    return nodes.size() == 1
        ? Optional.empty()
        : Optional.of(new PlacingSettings(config.name(), nodes, PlacingSettings.Timing.DEFAULT));
  }

  /** Nothing may be promised any more: not even a shutdown hook runs. */
  static void halt(String reason, @Nullable Throwable cause) {
    LOG.error("stopping at once: {}", reason, cause);
    Runtime.getRuntime().halt(FAIL_STOP_EXIT_CODE);
  }

  /** Load balancers hear that the node is not ready before anything stops. */
  private static void drainFirst(ActorSystem<Node.Command> system) {
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain", () -> drain(system));
  }

  private static CompletionStage<Done> drain(ActorSystem<Node.Command> system) {
    var begun = new CompletableFuture<Done>();
    system.tell(new Node.BeginDrain(begun));
    return begun.orTimeout(DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
