package dev.sampo.node;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.cluster.ClusterMember;
import dev.sampo.node.cluster.ClusterSnapshot;
import dev.sampo.node.gateway.Routing;
import dev.sampo.node.ledger.LedgersActor;
import dev.sampo.node.ledger.NodeSettings;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.placing.PlacingSettings;
import dev.sampo.node.routing.DirectoryActor;
import dev.sampo.node.routing.KnownReplicas;
import dev.sampo.node.routing.NodePort;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a node is put together from.
 *
 * @param ledgers closed by whoever opened them, after the actors have ended
 * @param listener told once the gateway serves
 */
public record NodeParts(
    NodeSettings settings,
    Links links,
    OpenLedgers ledgers,
    PrometheusMeterRegistry registry,
    Listener listener,
    FailStop failStop) {

  /** The cluster role of the validator with index 0 is this and {@code 0}. */
  private static final String VALIDATOR_ROLE = "validator-";

  /**
   * The key of the peer links, and where the nodes of the other validators accept them.
   *
   * @param placing with which nodes of its validator this one shares the ledgers; nothing if it
   *     hosts all of them
   */
  public record Links(
      PeerTls tls,
      SortedMap<ValidatorIndex, List<PeerAddress>> addresses,
      Optional<PlacingSettings> placing) {}

  /** Told of the start of a node. */
  @FunctionalInterface
  public interface Listener {
    void serving(InetSocketAddress gateway);
  }

  /** The role by which the members of a cluster know this validator. */
  public static String roleOf(ValidatorIndex index) {
    return VALIDATOR_ROLE + index;
  }

  /** The validators of this network all of whose members in the cluster are unreachable. */
  List<ValidatorIndex> unreachable(ClusterSnapshot snapshot) {
    var members = snapshot.members().values();
    return settings.first().genesis().validators().indices().stream()
        .filter(index -> members.stream().anyMatch(member -> isOf(index, member)))
        .filter(
            index ->
                members.stream()
                    .filter(member -> isOf(index, member))
                    .noneMatch(ClusterMember::isReachable))
        .toList();
  }

  private static boolean isOf(ValidatorIndex index, ClusterMember member) {
    return member.roles().contains(roleOf(index));
  }

  /** As the other nodes of the trust domain are to know this one. */
  DirectoryActor.Self inDirectory(NodePort port) {
    var dataCentre = settings.first().selfInfo().dataCentre();
    return new DirectoryActor.Self(nodeName(), dataCentre, port.address());
  }

  Routing routing(KnownReplicas known) {
    var name = nodeName();
    return settings
        .port()
        .map(port -> new Routing(name, known, Optional.of(port.tls()), port.address()))
        .orElseGet(() -> Routing.alone(name));
  }

  /** That of the validator, unless it has several nodes. */
  private String nodeName() {
    return links
        .placing()
        .map(PlacingSettings::self)
        .orElseGet(() -> settings.first().selfInfo().name());
  }

  LedgersActor.Network network() {
    var first = settings.first();
    var genesis = first.genesis();
    return new LedgersActor.Network(
        genesis.ledgerId(),
        genesis.validators(),
        first.self(),
        links.tls(),
        links.addresses(),
        links.placing().map(placing -> placing.nodes().size()).orElse(1));
  }
}
