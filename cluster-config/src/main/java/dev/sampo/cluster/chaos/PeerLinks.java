package dev.sampo.cluster.chaos;

import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.proxy.DirectedLink;
import dev.sampo.simulation.proxy.FaultProxy;
import dev.sampo.simulation.proxy.FaultyLinks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeMap;

/**
 * The peer links of a demo's validators, led through the fault proxy. Only they are cut, delayed or
 * lossy: members of the cluster, and clients, still reach everybody. Thread-safe.
 */
public final class PeerLinks implements AutoCloseable {

  private final FaultProxy proxy;
  private final FaultyLinks faults;
  private final TreeMap<DirectedLink, Integer> ports = new TreeMap<>();

  private PeerLinks(FaultProxy proxy, FaultyLinks faults) {
    this.proxy = proxy;
    this.faults = faults;
  }

  /** {@code accepting} are the ports where validators accept peer links, by their indices. */
  public static PeerLinks open(List<Integer> accepting, long seed) throws IOException {
    var links = new PeerLinks(FaultProxy.start(seed), new FaultyLinks(accepting.size()));
    for (var link : links.faults.links()) {
      var target =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), accepting.get(link.to()));
      links.ports.put(link, links.proxy.open(link, target));
    }
    return links;
  }

  /** Where {@code from} dials {@code to}. */
  public int port(int from, int to) {
    var port = ports.get(new DirectedLink(from, to));
    if (port == null) {
      throw new IllegalArgumentException("there is no link from " + from + " to " + to);
    }
    return port;
  }

  /** Makes a fault of links happen; returns whether it is one. */
  public synchronized boolean apply(Fault fault) {
    if (!faults.note(fault)) {
      return false;
    }
    for (var link : faults.links()) {
      var condition = faults.condition(link);
      if (!proxy.condition(link).equals(condition)) {
        proxy.set(link, condition);
      }
    }
    return true;
  }

  @Override
  public void close() {
    proxy.close();
  }
}
