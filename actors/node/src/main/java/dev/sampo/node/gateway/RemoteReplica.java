package dev.sampo.node.gateway;

/**
 * Another node that hosts a ledger, and where it takes requests that nodes of its trust domain
 * forward.
 *
 * @param node its name
 * @param inSync whether it can serve, and is hardly behind
 */
public record RemoteReplica(String node, String dataCentre, Address address, boolean inSync) {

  /** Host and port. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
