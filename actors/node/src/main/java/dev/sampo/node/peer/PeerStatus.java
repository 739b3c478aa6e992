package dev.sampo.node.peer;

import dev.sampo.core.types.ValidatorIndex;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this validator knows about its links with one peer.
 *
 * @param votesArrive the peer's connection for votes to this validator is open
 * @param bodiesArrive the peer's connection for bodies to this validator is open
 */
public record PeerStatus(
    ValidatorIndex peer,
    PeerAddress address,
    LinkStatus votes,
    LinkStatus bodies,
    boolean votesArrive,
    boolean bodiesArrive) {

  /** Whether votes reach the peer. */
  public boolean isReachable() {
    return votes.isEstablished();
  }

  /** When the peer last answered on either stream. */
  public Optional<Instant> lastHeard() {
    return Stream.of(votes, bodies)
        .flatMap(link -> link.lastHeard().stream())
        .max(Instant::compareTo);
  }
}
