package dev.sampo.node.peer;

import dev.sampo.core.types.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.ThrottleMode;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the acceptor's half of peer links: hands frames to the recipient and answers heartbeats. */
final class LinkAcceptor {

  /** A running connection: how to end it, how to say what is hosted, and when it has ended. */
  record Running(UniqueKillSwitch killSwitch, Ends ends) {}

  /** The end of a connection, and where it takes announcements. */
  record Ends(SourceQueueWithComplete<SslTlsOutbound> announcements, CompletionStage<Done> end) {}

  private static final Logger LOG = LoggerFactory.getLogger(LinkAcceptor.class);

  /** A connection may use up so many millionths of a second's allowance in each second. */
  private static final int ALLOWANCE = 1_000_000;

  /** Each replaces those before, so that a slow reader misses nothing. */
  private static final int ANNOUNCEMENTS_WAITING_MAX = 2;

  private final LinkDialler.Shared shared;
  private final FrameRecipient recipient;
  private final SSLContext context;
  private final AnnouncedCopies copies = new AnnouncedCopies();

  LinkAcceptor(LinkDialler.Shared shared, FrameRecipient recipient) {
    this.shared = shared;
    this.recipient = recipient;
    context = shared.identity().tls().trusting(shared.identity()::isPeerKey);
  }

  Running accept(
      Flow<ByteString, ByteString, NotUsed> wire,
      Consumer<Hello> admitted,
      Materializer materializer) {
    return TLS.create(() -> PeerTls.accepting(context), TLSClosing.eagerClose())
        .atop(BidiFlow.fromGraph(KillSwitches.<ByteString, ByteString>singleBidi()), Keep.right())
        .join(wire, Keep.left())
        .joinMat(frames(admitted), Running::new)
        .run(materializer);
  }

  /** Closes at once. */
  static Flow<ByteString, ByteString, NotUsed> refusing() {
    return Flow.fromSinkAndSourceCoupled(Sink.cancelled(), Source.empty());
  }

  private Flow<SslTlsInbound, SslTlsOutbound, Ends> frames(Consumer<Hello> admitted) {
    var copy = copies.new Connection();
    Source<SslTlsOutbound, SourceQueueWithComplete<SslTlsOutbound>> announcements =
        Source.queue(ANNOUNCEMENTS_WAITING_MAX, OverflowStrategy.dropHead());
    return Flow.<SslTlsInbound>create()
        .via(new AcceptedLink(shared.identity(), shared.settings(), admitted))
        .throttle(ALLOWANCE, Duration.ofSeconds(1), ALLOWANCE, this::share, ThrottleMode.shaping())
        .mapAsync(1, arrived -> handle(copy, arrived))
        .mapConcat(answer -> answer.stream().toList())
        .mergeMat(announcements, Keep.right(), true)
        .watchTermination(
            (queue, end) -> new Ends(queue, end.whenComplete((_, _) -> copy.close())));
  }

  private int share(AcceptedLink.Arrived arrived) {
    var limits = shared.settings().stream(arrived.origin().stream());
    long frameShare = ALLOWANCE / limits.inboundFramesPerSecond();
    long byteShare = (long) arrived.frame().length() * ALLOWANCE / limits.inboundBytesPerSecond();
    return Math.toIntExact(Math.max(1, Math.max(frameShare, byteShare)));
  }

  private CompletionStage<Optional<SslTlsOutbound>> handle(
      AnnouncedCopies.Connection copy, AcceptedLink.Arrived arrived) {
    return switch (arrived.frame()) {
      case Frame.Heartbeat heartbeat ->
          CompletableFuture.completedStage(Optional.of(new SendBytes(heartbeat.encoded())));
      case Frame.Message(var content) ->
          copy.isOutdated(arrived.origin().sender(), content)
              ? outdated(arrived.origin())
              : deliver(arrived.origin(), content);
      case Frame.Announcement(var hosting) ->
          copy.announce(arrived.origin().sender(), hosting, System.nanoTime())
              ? CompletableFuture.completedStage(Optional.empty())
              : CompletableFuture.failedStage(new LinkRefused(Refusal.TOO_MANY_ANNOUNCEMENTS));
      case Frame.Greeting again ->
          CompletableFuture.failedStage(new LinkRefused(Refusal.UNEXPECTED_FRAME));
    };
  }

  private CompletionStage<Optional<SslTlsOutbound>> outdated(Hello origin) {
    shared.meters().outdated(origin.sender()).increment();
    return CompletableFuture.completedStage(Optional.empty());
  }

  private CompletionStage<Optional<SslTlsOutbound>> deliver(Hello origin, Bytes content) {
    shared.meters().received(origin.sender(), origin.stream()).count(1, content.length());
    return CompletableFuture.completedStage(content)
        .thenCompose(frame -> recipient.receive(origin.sender(), origin.stream(), frame))
        .handle((done, failure) -> delivered(origin, failure));
  }

  private static Optional<SslTlsOutbound> delivered(Hello origin, @Nullable Throwable failure) {
    if (failure == null) {
      return Optional.empty();
    }
    LOG.error("A frame from validator {} could not be handled", origin.sender(), failure);
    throw new LinkRefused(Refusal.RECIPIENT_FAILED);
  }
}
