package dev.sampo.node.peer;

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
}
