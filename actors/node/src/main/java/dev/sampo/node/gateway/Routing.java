package dev.sampo.node.gateway;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a gateway serves what its own node cannot: it forwards requests to other nodes of its trust
 * domain, and takes theirs.
 *
 * @param node the name of this node, which its answers bear
 * @param tls for connections between members of the trust domain; without it nothing is forwarded
 * @param port where requests are taken that others forward; nothing if none are
 */
public record Routing(
    String node,
    Replicas replicas,
    Optional<SSLContext> tls,
    Optional<RemoteReplica.Address> port) {

  /** Of a node that neither forwards requests nor takes forwarded ones. */
  public static Routing alone(String node) {
    return new Routing(node, Replicas.NONE, Optional.empty(), Optional.empty());
  }
}
