package dev.sampo.node.ledger;

import dev.sampo.node.gateway.GatewaySettings;
import dev.sampo.node.peer.PeerSettings;

/**
 * What a node is started with.
 *
 * @param first the ledger whose committee are all validators of the network; others come by their
 *     charters
 */
public record NodeSettings(LedgerSettings first, PeerSettings peers, GatewaySettings gateway) {}
