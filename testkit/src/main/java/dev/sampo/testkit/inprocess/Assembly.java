package dev.sampo.testkit.inprocess;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.NodeParts;
import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.node.ledger.NodeSettings;
import dev.sampo.node.ledger.OpenLedgers;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.peer.ReconnectSettings;
import dev.sampo.node.peer.StreamSettings;
import dev.sampo.node.system.Membership;
import dev.sampo.persistence.store.RefusedStart;
import dev.sampo.simulation.proxy.DirectedLink;
import dev.sampo.testkit.ledger.LedgerPlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Puts real validators together: each dials the others at the proxy's ports.
 *
 * @param linkPorts where the proxy listens for each link
 */
record Assembly(LedgerPlan plan, Grounds grounds, SortedMap<DirectedLink, Integer> linkPorts) {

  private static final String HOST = "127.0.0.1";

  RealValidator validator(int index) {
    int organisation = plan.organisationOf(index);
    var seeds =
        IntStream.range(0, plan.validators())
            .filter(each -> plan.organisationOf(each) == organisation)
            .mapToObj(each -> HOST + ":" + grounds.ports().cluster().get(each))
            .toList();
    var membership =
        new Membership(
            Membership.validator(ValidatorIndex.of(index)),
            new Membership.Endpoint(HOST, grounds.ports().cluster().get(index)),
            plan.dataCentreOf(index),
            seeds,
            grounds.clusterKeys().get(organisation));
    return new RealValidator(index, membership, this);
  }

  /** What {@code validator} is put together from; throws if its data directory refuses that. */
  NodeParts parts(RealValidator validator) throws RefusedStart {
    var settings = settings(validator.index());
    return new NodeParts(
        settings,
        links(validator.index()),
        OpenLedgers.open(
            settings.first(),
            grounds.stores().get(validator.index().number()),
            validator::failStop),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        _ -> {},
        validator::failStop);
  }

  private NodeSettings settings(ValidatorIndex self) {
    int index = self.number();
    return new NodeSettings(
        new LedgerSettings(
            LedgerSettings.FIRST_NAME,
            grounds.genesis(),
            plan.application().get(),
            new LedgerSettings.Seat(self, grounds.keys().get(index).signer()),
            infos()),
        quickLinks(grounds.ports().peer().get(index)),
        GatewaySettings.loopback(grounds.ports().api().get(index)));
  }

  private List<LedgerSettings.ValidatorInfo> infos() {
    return IntStream.range(0, plan.validators())
        .mapToObj(
            i ->
                new LedgerSettings.ValidatorInfo(
                    "v" + (i + 1), plan.dataCentreOf(i), grounds.keys().get(i).publicKey()))
        .toList();
  }

  /** As shipped, but dialled again so soon that a test sees links return within a second. */
  private static PeerSettings quickLinks(int port) {
    return new PeerSettings(
        HOST,
        port,
        StreamSettings.VOTES,
        StreamSettings.BODIES,
        new ReconnectSettings(
            Duration.ofMillis(50), Duration.ofMillis(500), 1_000, Duration.ofMillis(500)),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        64,
        Duration.ofMillis(500),
        Duration.ofMillis(2_500));
  }

  private NodeParts.Links links(ValidatorIndex self) {
    var addresses = new TreeMap<ValidatorIndex, List<PeerAddress>>();
    linkPorts.forEach(
        (link, port) -> {
          if (link.from() == self.number()) {
            addresses.put(ValidatorIndex.of(link.to()), List.of(new PeerAddress(HOST, port)));
          }
        });
    var key = grounds.keys().get(self.number());
    return new NodeParts.Links(
        PeerTls.of(key.secret(), key.publicKey()), addresses, Optional.empty());
  }
}
