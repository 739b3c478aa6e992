package dev.sampo.simulation.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;

/** A dialled connection and the one that the proxy dialled for it. */
final class ProxiedConnection {

  private final SocketChannel dialler;
  private final SocketChannel acceptor;
  private final SelectionKey diallerKey;
  private final SelectionKey acceptorKey;
  private final Pipe forth;
  private final Pipe back;

  private ProxiedConnection(
      SocketChannel dialler, SocketChannel acceptor, Selector selector, long nowNanos)
      throws IOException {
    this.dialler = dialler;
    this.acceptor = acceptor;
    diallerKey = dialler.register(selector, 0, this);
    acceptorKey = acceptor.register(selector, SelectionKey.OP_CONNECT, this);
    forth = new Pipe(dialler, acceptor, nowNanos);
    back = new Pipe(acceptor, dialler, nowNanos);
  }

  static ProxiedConnection dial(
      SocketChannel accepted, InetSocketAddress target, Selector selector, long nowNanos)
      throws IOException {
    accepted.configureBlocking(false);
    accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var acceptor = SocketChannel.open();
    acceptor.configureBlocking(false);
    acceptor.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var connection = new ProxiedConnection(accepted, acceptor, selector, nowNanos);
    acceptor.connect(target);
    return connection;
  }

  boolean isOpen() {
    return dialler.isOpen();
  }

  void truncateNext() {
    forth.truncateNext();
  }

  void release(long nowNanos) {
    forth.release(nowNanos);
    back.release(nowNanos);
  }

  /** Takes what is there to read on one side; returns how much it was. */
  int onReady(SelectionKey key, LinkCondition condition, SplittableRandom random, long nowNanos)
      throws IOException {
    if (key.isConnectable()) {
      acceptor.finishConnect();
      return 0;
    }
    if (!key.isReadable()) {
      return 0;
    }
    return (key.equals(diallerKey) ? forth : back).read(condition, random, nowNanos);
  }

  /** Hands on what is due and listens for what is wanted; returns when to come again. */
  long pump(LinkCondition.Traffic traffic, long nowNanos) throws IOException {
    if (traffic != LinkCondition.Traffic.FLOWS) {
      diallerKey.interestOps(0);
      acceptorKey.interestOps(0);
      return Pipe.NEVER;
    }
    if (!acceptor.isConnected()) {
      acceptorKey.interestOps(SelectionKey.OP_CONNECT);
      return Pipe.NEVER;
    }
    long next = Math.min(forth.write(nowNanos), back.write(nowNanos));
    if (forth.isDone() && back.isDone()) {
      dialler.close();
      acceptor.close();
      return Pipe.NEVER;
    }
    diallerKey.interestOps(interest(forth, back));
    acceptorKey.interestOps(interest(back, forth));
    return next;
  }

  private static int interest(Pipe from, Pipe to) {
    return (from.wantsToRead() ? SelectionKey.OP_READ : 0)
        | (to.isBlocked() ? SelectionKey.OP_WRITE : 0);
  }

  /** Both sides see their connection reset; what was under way is lost. */
  void reset() throws IOException {
    reset(dialler);
    reset(acceptor);
  }

  static void reset(SocketChannel channel) throws IOException {
    if (channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }
}
