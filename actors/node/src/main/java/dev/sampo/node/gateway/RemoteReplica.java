package dev.sampo.node.gateway;

/**
 * Another node that hosts a ledger, and where it takes requests that nodes of its trust domain
 * forward.
 *
 * @param node its name
 * @param inSync whether it can serve, and is hardly behind
 * @param takesSubmissions whether it is a validator's, so that it takes transactions
 */
public record RemoteReplica(
    String node, String dataCentre, Address address, boolean inSync, boolean takesSubmissions) {

  /** Host and port. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
