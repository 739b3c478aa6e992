package dev.sampo.node.ledger;

import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.peer.PeerSettings;
import dev.sampo.node.relay.RelaySettings;
import dev.sampo.node.routing.NodePort;
import java.util.Optional;

/**
 * What a node is started with.
 *
 * @param first the ledger whose committee are all validators of the network; others come by their
 *     charters
 * @param relay as whom it relays packets between its ledgers; nothing if it does not
 * @param port how it exchanges requests with other nodes; nothing if it serves all by itself
 */
public record NodeSettings(
    LedgerSettings first,
    PeerSettings peers,
    GatewaySettings gateway,
    Optional<RelaySettings> relay,
    Optional<NodePort> port) {

  /** Without a relay or other nodes. */
  public NodeSettings(LedgerSettings first, PeerSettings peers, GatewaySettings gateway) {
    this(first, peers, gateway, Optional.empty(), Optional.empty());
  }
}
