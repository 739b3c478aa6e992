package dev.sampo.node.peer;

import dev.sampo.core.message.PeerStream;
import java.time.Duration;

/**
 * Where a validator listens for peers, and the limits of its peer links.
 *
 * @param bindPort 0 takes any free port
 * @param connectTimeout longest wait for a TCP connection
 * @param handshakeTimeout how long a connection may stay unauthenticated (fault 13)
 * @param unauthenticatedMax most accepted connections that are not yet authenticated
 * @param heartbeat time between heartbeats on each connection
 * @param silenceMax how long an accepted connection may bring no byte
 */
public record PeerSettings(
    String bindHost,
    int bindPort,
    StreamSettings votes,
    StreamSettings bodies,
    ReconnectSettings reconnect,
    Duration connectTimeout,
    Duration handshakeTimeout,
    int unauthenticatedMax,
    Duration heartbeat,
    Duration silenceMax) {

  public PeerSettings {
    boolean positive =
        connectTimeout.isPositive()
            && handshakeTimeout.isPositive()
            && unauthenticatedMax > 0
            && heartbeat.isPositive();
    if (!positive || silenceMax.compareTo(heartbeat) <= 0 || bindPort < 0 || bindPort > 65_535) {
      throw new IllegalArgumentException("limits must be positive, silence above a heartbeat");
    }
  }

  /** The defaults of product S15, listening on the loopback address only. */
  public static PeerSettings loopback(int bindPort) {
    return listeningOn("127.0.0.1", bindPort);
  }

  /** The defaults of product S15. */
  public static PeerSettings listeningOn(String bindHost, int bindPort) {
    return new PeerSettings(
        bindHost,
        bindPort,
        StreamSettings.VOTES,
        StreamSettings.BODIES,
        ReconnectSettings.DEFAULT,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        64,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5));
  }

  StreamSettings stream(PeerStream stream) {
    return switch (stream) {
      case VOTES -> votes;
      case BODIES -> bodies;
    };
  }
}
