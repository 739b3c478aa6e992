package dev.sampo.node.gateway;

import java.time.Duration;

/**
 * Where the gateway listens and how much it takes on.
 *
 * @param host the address to bind; the API has no authentication of its own, so that anything but a
 *     loopback address belongs behind a proxy that has
 * @param port 0: any free one
 * @param limits what the gateway refuses beyond, so that no client can exhaust the node
 */
public record GatewaySettings(String host, int port, Limits limits) {

  /**
   * What the gateway refuses beyond.
   *
   * @param connections open at a time; more wait in the backlog of the operating system
   * @param streamsPerConnection concurrent HTTP/2 requests of one connection
   * @param submissions in hand at a time, those that wait for a commit included
   * @param submissionStreams open at a time
   * @param reads in hand at a time
   * @param watches open at a time, in all protocols
   * @param longestWait the longest that a submission may wait for its commit
   * @param answer how long the ledger may take to answer a request
   */
  public record Limits(
      int connections,
      int streamsPerConnection,
      int submissions,
      int submissionStreams,
      int reads,
      int watches,
      Duration longestWait,
      Duration answer) {

    public static final Limits DEFAULT =
        new Limits(1024, 256, 4096, 256, 256, 1024, Duration.ofSeconds(60), Duration.ofSeconds(5));
  }

  /** Loopback only, with the default limits. */
  public static GatewaySettings loopback(int port) {
    return new GatewaySettings("127.0.0.1", port, Limits.DEFAULT);
  }
}
