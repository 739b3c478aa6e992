package dev.sampo.node.peer;

import java.net.InetSocketAddress;

/** Where a validator accepts peer links; the name is resolved anew at every dial. */
public record PeerAddress(String host, int port) {

  public PeerAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
    }
  }

  InetSocketAddress unresolved() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
