package dev.sampo.node.system;

import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.discovery.Lookup;
import org.apache.pekko.discovery.ServiceDiscovery;
import scala.Option;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.concurrent.duration.FiniteDuration;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** A method of discovery that finds what a test tells it; made by Pekko from its class. */
public final class ToldDiscovery extends ServiceDiscovery {

  private static final Map<String, List<String>> FOUND = new ConcurrentHashMap<>();
  private static final Map<String, Integer> ASKED = new ConcurrentHashMap<>();

  /** As Pekko wants it. */
  public ToldDiscovery(ExtendedActorSystem system) {}

  /** {@code points}: {@code host:port}. */
  static void tell(String service, List<String> points) {
    FOUND.put(service, points);
  }

  /** The next lookups fail. */
  static void fail(String service) {
    FOUND.remove(service);
  }

  static int asked(String service) {
    return ASKED.getOrDefault(service, 0);
  }

  @Override
  public Future<Resolved> lookup(Lookup lookup, FiniteDuration timeout) {
    ASKED.merge(lookup.serviceName(), 1, Integer::sum);
    var points = FOUND.get(lookup.serviceName());
    if (points == null) {
      return Future$.MODULE$.failed(new UnknownHostException(lookup.serviceName()));
    }
    var targets =
        points.stream()
            .map(
                point -> {
                  int colon = point.lastIndexOf(':');
                  Option<Object> port =
                      OptionConverters.toScala(
                          Optional.of(Integer.parseInt(point.substring(colon + 1))));
                  return new ResolvedTarget(point.substring(0, colon), port, Option.empty());
                })
            .toList();
    return Future$.MODULE$.successful(
        new Resolved(lookup.serviceName(), CollectionConverters.asScala(targets).toList()));
  }
}
