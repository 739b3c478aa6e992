package dev.sampo.simulation.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Stands between validators on real sockets: each directed link has a loopback port of its own,
 * whose bytes reach the target unless the link's condition says otherwise (faults 2, 4-7, 13-15).
 * It sees TLS records, not messages. Memory is bounded by 512 KiB for each connection. Thread-safe;
 * conditions may change at any time, and closing ends every connection and frees every port.
 */
public final class FaultProxy implements AutoCloseable {

  private final Selector selector;
  private final SplittableRandom random;
  private final TreeMap<DirectedLink, ProxyLink> links = new TreeMap<>();
  private boolean isClosed;

  private FaultProxy(Selector selector, long seed) {
    this.selector = selector;
    this.random = new SplittableRandom(seed);
  }

  /** {@code seed} draws jitter and damage. */
  public static FaultProxy start(long seed) throws IOException {
    var proxy = new FaultProxy(Selector.open(), seed);
    Thread.ofPlatform().daemon().name("fault-proxy").start(proxy::run);
    return proxy;
  }

  /** Opens a link to where its receiver accepts connections; returns the port to dial instead. */
  public synchronized int open(DirectedLink link, InetSocketAddress target) throws IOException {
    requireOpen();
    if (links.containsKey(link)) {
      throw new IllegalArgumentException("the link " + link + " is open already");
    }
    var opened = new ProxyLink(target, selector, random.split());
    links.put(link, opened);
    selector.wakeup();
    return opened.port();
  }

  /** From now on; what is under way arrives at once, unless the link carries nothing. */
  public synchronized void set(DirectedLink link, LinkCondition condition) {
    requireOpen();
    try {
      link(link).change(condition, System.nanoTime());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot change the link " + link, failed);
    }
    selector.wakeup();
  }

  public synchronized LinkCondition condition(DirectedLink link) {
    return link(link).condition();
  }

  public synchronized LinkTraffic traffic(DirectedLink link) {
    return link(link).traffic();
  }

  /** Resets the connections of a link; new ones are as welcome as before. */
  public synchronized void reset(DirectedLink link) {
    requireOpen();
    try {
      link(link).reset();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot reset the link " + link, failed);
    }
    selector.wakeup();
  }

  /** Cuts each connection of a link off in the middle of what it carries next. */
  public synchronized void truncate(DirectedLink link) {
    requireOpen();
    link(link).truncate();
    selector.wakeup();
  }

  private ProxyLink link(DirectedLink link) {
    var found = links.get(link);
    if (found == null) {
      throw new IllegalArgumentException("there is no link " + link);
    }
    return found;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("the proxy is closed");
    }
  }

  private synchronized void requireClosed(ClosedSelectorException thrown) {
    if (!isClosed) {
      throw thrown;
    }
  }

  private void run() {
    try {
      long next = Pipe.NEVER;
      while (selector.isOpen()) {
        if (next == Pipe.NEVER) {
          selector.select();
        } else {
          selector.select(Math.max(1, (next - System.nanoTime()) / 1_000_000 + 1));
        }
        next = turn();
      }
    } catch (ClosedSelectorException closed) {
      requireClosed(closed);
    } catch (IOException failed) {
      close();
      throw new UncheckedIOException("the fault proxy failed", failed);
    }
  }

  private synchronized long turn() throws IOException {
    if (isClosed) {
      return Pipe.NEVER;
    }
    long nowNanos = System.nanoTime();
    for (var key : selector.selectedKeys()) {
      if (key.isValid()) {
        onReady(key, nowNanos);
      }
    }
    selector.selectedKeys().clear();
    long next = Pipe.NEVER;
    for (var link : links.values()) {
      next = Math.min(next, link.pump(nowNanos));
    }
    return next;
  }

  private void onReady(SelectionKey key, long nowNanos) throws IOException {
    if (key.attachment() instanceof ProxyLink link) {
      link.accept(nowNanos);
    } else if (key.attachment() instanceof ProxiedConnection connection) {
      for (var link : links.values()) {
        if (link.onReady(connection, key, nowNanos)) {
          return;
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    try {
      for (var link : links.values()) {
        link.close();
      }
      selector.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot close the fault proxy", failed);
    }
  }
}
