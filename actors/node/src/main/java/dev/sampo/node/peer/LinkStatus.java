package dev.sampo.node.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of the connection that this validator dials for one stream of a peer.
 *
 * @param isEstablished the peer has answered on the present connection
 * @param redials attempts after the first
 * @param lastHeard when the peer last answered, by the local clock
 * @param lastFailure why the last connection or attempt ended
 */
public record LinkStatus(
    boolean isEstablished,
    Breaker breaker,
    int queuedFrames,
    int queuedBytes,
    long redials,
    Optional<Duration> roundTrip,
    Optional<Instant> lastHeard,
    Optional<String> lastFailure) {

  static final LinkStatus INITIAL =
      new LinkStatus(
          false, Breaker.CLOSED, 0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
}
