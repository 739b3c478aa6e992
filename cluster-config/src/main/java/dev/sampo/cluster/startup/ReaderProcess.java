package dev.sampo.cluster.startup;

import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.ReaderConfig;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.node.ReaderNode;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.gateway.RemoteReplica;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.routing.NodePort;
import dev.sampo.node.supervision.FailStop;
import dev.sampo.node.system.Membership;
import dev.sampo.node.system.NodeSystem;
import dev.sampo.node.verification.SignatureProvider;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.persistence.store.StartFault;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader as this process: started from its configuration, drained and stopped on SIGTERM. */
public final class ReaderProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderProcess.class);

  /** Of validators of other ledgers: enough for the anchors of a while. */
  private static final int VOTES_OF_PEERS = 2_048;

  private ReaderProcess() {}

  /** Throws {@link FaultyConfig} with everything that speaks against the start. */
  public static RunningSystem start(Path configFile) {
    var inputs = ReaderInputs.read(ReaderConfig.read(configFile));
    var config = inputs.config();
    FailStop failStop = NodeProcess::halt;
    var ledgers = open(inputs, failStop);
    var parts =
        new ReaderNode.Parts(
            config.name(),
            config.dataCentre(),
            new GatewaySettings(
                config.api().host(), config.api().port(), GatewaySettings.Limits.DEFAULT),
            new NodePort(
                inputs.tls(),
                config
                    .cluster()
                    .requests()
                    .map(at -> new RemoteReplica.Address(at.host(), at.port()))),
            ledgers,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var guardian =
        ReaderNode.create(
            parts, address -> LOG.info("{} serves at {}", config.name(), address), failStop);
    var system = NodeSystem.start(guardian, membership(inputs), Map.of());
    drainFirst(system);
    return new RunningSystem(system, ledgers::close);
  }

  private static OpenLedgers open(ReaderInputs inputs, FailStop failStop) {
    try {
      return OpenLedgers.open(firstLedger(inputs.genesis()), inputs.stores(), failStop);
    } catch (RefusedStart refused) {
      throw new FaultyConfig(
          refused.faults().stream()
              .map(StartFault::message)
              .map(message -> "data directory " + inputs.config().dataDirectory() + ": " + message)
              .toList());
    }
  }

  /** A reader's operator has no names for the validators of the genesis. */
  static LedgerSettings firstLedger(Genesis genesis) {
    var validators =
        genesis.validators().indices().stream()
            .map(
                index ->
                    new LedgerSettings.ValidatorInfo(
                        "validator-" + index, "", genesis.validators().key(index)))
            .toList();
    return new LedgerSettings(
        LedgerSettings.FIRST_NAME,
        genesis,
        new Assets(SignatureProvider.remembering(VOTES_OF_PEERS)),
        Optional.empty(),
        validators);
  }

  private static Membership membership(ReaderInputs inputs) {
    var config = inputs.config();
    return ClusterJoining.of(
        config.cluster(), Membership.reader(), config.dataCentre(), inputs.keys());
  }

  /** Load balancers hear that the node is not ready before anything stops. */
  private static void drainFirst(ActorSystem<ReaderNode.Command> system) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "drain",
            () -> {
              var begun = new CompletableFuture<Done>();
              system.tell(new ReaderNode.BeginDrain(begun));
              return begun;
            });
  }
}
