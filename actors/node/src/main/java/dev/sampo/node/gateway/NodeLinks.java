package dev.sampo.node.gateway;

import dev.sampo.node.gateway.RemoteReplica.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.HttpsConnectionContext;
import org.apache.pekko.http.javadsl.settings.ClientConnectionSettings;
import org.apache.pekko.stream.Materializer;

/**
 * The connections to other nodes of the trust domain, opened when they are needed: mutual TLS with
 * the cluster's key, as between its members. Thread-safe.
 */
final class NodeLinks {

  /** Less than {@link GatewaySettings.Limits#streamsPerConnection} of the other node. */
  static final int REQUESTS_MAX = 200;

  /** To one node; more requests than all of them carry are refused. */
  static final int LINKS_MAX = 4;

  static final int SUSPECT_SECONDS = 2;

  private final ActorSystem<?> system;
  private final Materializer materializer;
  private final HttpsConnectionContext tls;
  private final ClientConnectionSettings settings =
      ClientConnectionSettings.create(Resources.text("http-client.conf"));
  private final Map<String, List<NodeLink>> links = new TreeMap<>();

  /** Until when nodes are asked last, by {@link System#nanoTime}. */
  private final Map<String, Long> suspectUntil = new TreeMap<>();

  NodeLinks(ActorSystem<?> system, Materializer materializer, SSLContext tls) {
    this.system = system;
    this.materializer = materializer;
    this.tls = ConnectionContext.httpsClient((_, _) -> dialling(tls));
  }

  private static SSLEngine dialling(SSLContext context) {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    return engine;
  }

  static SSLEngine accepting(SSLContext context) {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** A link with room for a request, which is taken; nothing if the node has too many in hand. */
  synchronized Optional<NodeLink> take(Address address) {
    links.values().forEach(each -> each.removeIf(NodeLink::isOver));
    links.values().removeIf(List::isEmpty);
    var ofNode = links.computeIfAbsent(address.toString(), _ -> new ArrayList<>());
    for (var link : ofNode) {
      if (link.tryTake()) {
        return Optional.of(link);
      }
    }
    if (ofNode.size() >= LINKS_MAX) {
      return Optional.empty();
    }
    var opened = open(address);
    ofNode.add(opened);
    return Optional.of(opened).filter(NodeLink::tryTake);
  }

  /** It could not be reached just now: for {@value #SUSPECT_SECONDS} s others are asked first. */
  synchronized void suspect(Address address) {
    long now = System.nanoTime();
    suspectUntil.values().removeIf(until -> until - now < 0);
    suspectUntil.put(address.toString(), now + TimeUnit.SECONDS.toNanos(SUSPECT_SECONDS));
  }

  synchronized boolean isSuspect(Address address) {
    var until = suspectUntil.get(address.toString());
    return until != null && until - System.nanoTime() > 0;
  }

  private NodeLink open(Address address) {
    var connection =
        Http.get(system)
            .connectionTo(address.host())
            .toPort(address.port())
            .withCustomHttpsConnectionContext(tls)
            .withClientConnectionSettings(settings)
            .logTo(NoLogging.getInstance())
            .http2();
    return new NodeLink(address, REQUESTS_MAX, connection, materializer);
  }
}
