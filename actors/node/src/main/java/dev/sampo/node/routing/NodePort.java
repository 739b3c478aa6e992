package dev.sampo.node.routing;

import dev.sampo.node.gateway.RemoteReplica.Address;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a node exchanges requests with the others of its trust domain.
 *
 * @param tls with the key of the cluster
 * @param address where it takes requests that others forward; nothing if it takes none
 */
public record NodePort(SSLContext tls, Optional<Address> address) {}
