package dev.sampo.simulation.proxy;

import dev.sampo.simulation.proxy.LinkCondition.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A link's port, its condition, and the connections through it. Used under the proxy's lock. */
final class ProxyLink {

  /** More wait in the backlog of the operating system. */
  private static final int CONNECTIONS_MAX = 64;

  private final InetSocketAddress target;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final SelectionKey key;
  private final SplittableRandom random;
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private LinkCondition condition = LinkCondition.CLEAR;
  private long bytes;
  private long broken;

  ProxyLink(InetSocketAddress target, Selector selector, SplittableRandom random)
      throws IOException {
    this.target = target;
    this.selector = selector;
    this.random = random;
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.configureBlocking(false);
    key = listener.register(selector, SelectionKey.OP_ACCEPT, this);
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  LinkCondition condition() {
    return condition;
  }

  LinkTraffic traffic() {
    return new LinkTraffic(connections.size(), bytes, broken);
  }

  void change(LinkCondition changed, long nowNanos) throws IOException {
    condition = changed;
    if (changed.traffic() == Traffic.REFUSED) {
      reset();
    }
    connections.forEach(connection -> connection.release(nowNanos));
  }

  void reset() throws IOException {
    for (var connection : connections) {
      breakOff(connection);
    }
    connections.clear();
  }

  void truncate() {
    connections.forEach(ProxiedConnection::truncateNext);
  }

  void accept(long nowNanos) throws IOException {
    // What the selector saw before the condition changed must not slip through.
    if (condition.traffic() == Traffic.BLACKHOLED) {
      return;
    }
    var accepted = listener.accept();
    if (accepted == null) {
      return;
    }
    if (condition.traffic() == Traffic.REFUSED) {
      ProxiedConnection.reset(accepted);
      return;
    }
    dial(accepted, nowNanos);
  }

  private void dial(SocketChannel accepted, long nowNanos) throws IOException {
    try {
      connections.add(ProxiedConnection.dial(accepted, target, selector, nowNanos));
    } catch (IOException unreachable) {
      broken++;
      ProxiedConnection.reset(accepted);
    }
  }

  /** Whether the connection is one of this link; if so, what is ready was taken. */
  boolean onReady(ProxiedConnection connection, SelectionKey ready, long nowNanos)
      throws IOException {
    if (!connections.contains(connection)) {
      return false;
    }
    if (condition.traffic() != Traffic.FLOWS) {
      return true;
    }
    try {
      int length = connection.onReady(ready, condition, random, nowNanos);
      bytes += length;
      if (length > 0 && random.nextInt(100) < condition.damage().resetPercent()) {
        breakOff(connection);
      }
    } catch (IOException lost) {
      // A peer that went away; the other side learns of it as in any network.
      breakOff(connection);
    }
    return true;
  }

  /** Hands on what is due; returns when to come again. */
  long pump(long nowNanos) throws IOException {
    long next = Pipe.NEVER;
    for (var connection : List.copyOf(connections)) {
      try {
        if (connection.isOpen()) {
          next = Math.min(next, connection.pump(condition.traffic(), nowNanos));
        }
      } catch (IOException lost) {
        breakOff(connection);
      }
    }
    connections.removeIf(connection -> !connection.isOpen());
    boolean accepts =
        condition.traffic() != Traffic.BLACKHOLED && connections.size() < CONNECTIONS_MAX;
    key.interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
    return next;
  }

  private void breakOff(ProxiedConnection connection) throws IOException {
    broken++;
    connection.reset();
  }

  void close() throws IOException {
    reset();
    listener.close();
  }
}
