package dev.sampo.node.peer;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.ValidatorIndex;
import java.net.InetSocketAddress;

/** What the owner of a {@link PeerNetwork} is told. */
public sealed interface PeerEvent {

  /** Peers are accepted at this address. */
  record Listening(InetSocketAddress address) implements PeerEvent {}

  /** The address cannot be listened on; the network stops. */
  record ListenFailed(String reason) implements PeerEvent {}

  /** Votes reach this peer: it has answered a heartbeat on a link that this validator dialled. */
  record PeerUp(ValidatorIndex peer) implements PeerEvent {}

  /** Votes no longer reach this peer. */
  record PeerDown(ValidatorIndex peer) implements PeerEvent {}

  /**
   * Votes reach this peer's replica of the ledger, on whichever of its nodes; said once more when
   * it is another copy than before. For a peer of several nodes, in place of {@link PeerUp}.
   */
  record CopyUp(ValidatorIndex peer, LedgerId ledger) implements PeerEvent {}

  /** Votes reach no node of the peer that hosts the ledger. */
  record CopyDown(ValidatorIndex peer, LedgerId ledger) implements PeerEvent {}
}
