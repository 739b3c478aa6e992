package dev.sampo.client;

import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that does the network's work for all nodes of a client, as threads that wake one
 * another cost more than the work, and what runs that must not keep it. Ends with the client.
 */
final class ClientLoop implements AutoCloseable {

  private static final long QUIET_MILLIS = 100;
  private static final long CLOSE_MILLIS_MAX = 2_000;

  private final EventLoopGroup group;
  private final ExecutorService outcomes = Executors.newVirtualThreadPerTaskExecutor();

  ClientLoop() {
    var threads = new DefaultThreadFactory("sampo-client", true);
    group =
        Epoll.isAvailable()
            ? new EpollEventLoopGroup(1, threads)
            : new NioEventLoopGroup(1, threads);
  }

  NettyChannelBuilder connectedBy(NettyChannelBuilder builder) {
    return builder
        .eventLoopGroup(group)
        .channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  EventLoop thread() {
    return group.next();
  }

  /** Runs what waits for outcomes, which may block: each has a thread of its own. */
  Executor outcomes() {
    return outcomes;
  }

  @Override
  public void close() {
    var _ = group.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    outcomes.shutdown();
  }
}
