package dev.sampo.client;

import dev.sampo.core.types.LedgerId;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One node that the client may talk to, with a circuit breaker: it opens after {@value
 * #FAILURES_TO_OPEN} failures in a row, and then lets one call through every {@value #OPEN_SECONDS}
 * seconds until one succeeds. A node that answers but leaves undecided what others decide, as one
 * that is cut off from them, is let alone too: for {@value #OPEN_SECONDS} seconds, and for twice as
 * long each time that it does so again. Thread-safe.
 */
final class Endpoint implements AutoCloseable {

  static final int FAILURES_TO_OPEN = 5;
  static final int OPEN_SECONDS = 5;

  /** A node that leaves transactions undecided is tried again after this long at the latest. */
  static final int LET_ALONE_SECONDS_MAX = 60;

  /** No answer of a node is larger: a block, its results and its proof. */
  private static final int ANSWER_BYTES_MAX = 8 << 20;

  /** A connection that says nothing while there are calls is asked for a sign of life. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  /** A client that submits nothing for so long holds no stream open at a node. */
  private static final Duration STREAM_IDLE_MAX = Duration.ofSeconds(10);

  private static final int DEFAULT_PORT = 8080;

  /** Which of a node's ledgers a call is about. */
  static final Metadata.Key<String> LEDGER =
      Metadata.Key.of("sampo-ledger", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel connection;
  private final Channel channel;
  private final SubmissionStream submissions;
  private final OverloadThrottle throttle = new OverloadThrottle(System.nanoTime());
  private int failuresInARow;
  private long closedToUntilNanos;
  private long letAloneSeconds;
  private long letAloneUntilNanos;

  private Endpoint(
      ManagedChannel connection, LedgerId ledger, ClientLoop loop, AnsweringNode answering) {
    var metadata = new Metadata();
    metadata.put(LEDGER, ledger.hex());
    this.connection = connection;
    this.channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(metadata), answering);
    this.submissions = new SubmissionStream(channel, loop, STREAM_IDLE_MAX);
  }

  /**
   * Accepts {@code host}, {@code host:port}, {@code http://host:port} and {@code
   * https://host:port}. Every call says that it is about {@code ledger}, and {@code answering}
   * hears which node answers.
   */
  static Endpoint of(String address, LedgerId ledger, ClientLoop loop, AnsweringNode answering) {
    var uri = URI.create(address.contains("://") ? address : "http://" + address);
    boolean secure = "https".equals(uri.getScheme());
    boolean known = secure || "http".equals(uri.getScheme());
    boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!known || uri.getHost() == null || !bare) {
      throw new IllegalArgumentException("not the address of a node: " + address);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : DEFAULT_PORT;
    var builder =
        loop.connectedBy(NettyChannelBuilder.forAddress(uri.getHost(), port))
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(ANSWER_BYTES_MAX)
            .disableRetry();
    if (!secure) {
      builder.usePlaintext();
    }
    return new Endpoint(builder.build(), ledger, loop, answering);
  }

  Channel channel() {
    return channel;
  }

  SubmissionStream submissions() {
    return submissions;
  }

  OverloadThrottle throttle() {
    return throttle;
  }

  /** Whether a call may be tried now; half open, only the first caller is told so. */
  synchronized boolean admits(long nowNanos) {
    boolean isBroken = failuresInARow >= FAILURES_TO_OPEN;
    boolean isLetAlone = letAloneSeconds > 0;
    if (isBroken && nowNanos - closedToUntilNanos < 0
        || isLetAlone && nowNanos - letAloneUntilNanos < 0) {
      return false;
    }
    if (isBroken) {
      closedToUntilNanos = nowNanos + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
    }
    if (isLetAlone) {
      letAloneUntilNanos = nowNanos + TimeUnit.SECONDS.toNanos(letAloneSeconds);
    }
    return true;
  }

  synchronized void succeeded() {
    failuresInARow = 0;
  }

  synchronized void failed(long nowNanos) {
    failuresInARow++;
    if (failuresInARow >= FAILURES_TO_OPEN) {
      closedToUntilNanos = nowNanos + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
    }
  }

  /** It said how a transaction ended. */
  synchronized void decided() {
    letAloneSeconds = 0;
  }

  /** It did not, for as long as others take. */
  synchronized void leftUndecided(long nowNanos) {
    letAloneSeconds = Math.clamp(2 * letAloneSeconds, OPEN_SECONDS, LET_ALONE_SECONDS_MAX);
    letAloneUntilNanos = nowNanos + TimeUnit.SECONDS.toNanos(letAloneSeconds);
  }

  @Override
  public void close() {
    submissions.close();
    connection.shutdownNow();
  }
}
