package dev.sampo.node.peer;

import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.peer.FrameParser.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import javax.net.ssl.SSLContext;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import org.apache.pekko.stream.typed.javadsl.ActorSource;
import org.apache.pekko.util.ByteString;

/**
 * Builds the dialler's half of a peer link, which writes what its actor gives and reads only
 * answers.
 */
final class LinkDialler {

  /**
   * What all links of a node have in common.
   *
   * @param addresses of the nodes of each other validator
   * @param hosting what this node says that it hosts
   */
  record Shared(
      PeerIdentity identity,
      SortedMap<ValidatorIndex, List<PeerAddress>> addresses,
      PeerSettings settings,
      PeerMeters meters,
      OwnHosting hosting) {

    int nodesOf(ValidatorIndex peer) {
      return addresses.getOrDefault(peer, List.of()).size();
    }
  }

  private static final int PIECE_BYTES = 16 << 10;

  private final Shared shared;
  private final OutboundLink.Target target;
  private final ActorSystem<?> system;
  private final ActorRef<OutboundLink.Command> link;
  private final SSLContext context;

  LinkDialler(
      Shared shared,
      OutboundLink.Target target,
      ActorSystem<?> system,
      ActorRef<OutboundLink.Command> link) {
    this.shared = shared;
    this.target = target;
    this.system = system;
    this.link = link;
    var expected = shared.identity().validators().key(target.peer());
    context = shared.identity().tls().trusting(expected::equals);
  }

  /** What is said before anything else. */
  ByteString greeting() {
    var hello = shared.identity().hello(target.stream(), target.peer()).encoded();
    return shared.hosting().isSaid() ? hello.concat(shared.hosting().get().encoded()) : hello;
  }

  /** Starts a connection whose messages to the link carry {@code attempt}. */
  OutboundLink.Connection dial(long attempt, Materializer materializer) {
    var tls = TLS.create(() -> PeerTls.dialling(context), TLSClosing.eagerClose());
    var tcp =
        Tcp.get(system)
            .outgoingConnection(
                target.address().unresolved(),
                Optional.empty(),
                List.of(TcpSO.tcpNoDelay(true)),
                false,
                Optional.of(shared.settings().connectTimeout()),
                Optional.<Duration>empty());
    Pair<UniqueKillSwitch, ActorRef<ByteString>> running =
        tls.atop(
                BidiFlow.fromGraph(KillSwitches.<ByteString, ByteString>singleBidi()), Keep.right())
            .join(tcp, Keep.left())
            .joinMat(ends(attempt), Keep.both())
            .run(materializer);
    return new OutboundLink.Connection(running.second(), running.first());
  }

  private Flow<SslTlsInbound, SslTlsOutbound, ActorRef<ByteString>> ends(long attempt) {
    Source<SslTlsOutbound, ActorRef<ByteString>> writes =
        ActorSource.<ByteString, OutboundLink.Command>actorRefWithBackpressure(
                link,
                new OutboundLink.WriteTaken(attempt),
                write -> Optional.empty(),
                write -> Optional.empty())
            .mapConcat(LinkDialler::chopped);
    return Flow.fromSinkAndSourceCoupledMat(answers(attempt), writes, Keep.right());
  }

  /** Small pieces, because the stages behind buffer a number of them, whatever their size. */
  private static List<SslTlsOutbound> chopped(ByteString write) {
    var pieces = new ArrayList<SslTlsOutbound>();
    for (int from = 0; from < write.size(); from += PIECE_BYTES) {
      pieces.add(new SendBytes(write.slice(from, from + PIECE_BYTES)));
    }
    return pieces;
  }

  private Sink<SslTlsInbound, NotUsed> answers(long attempt) {
    Sink<Frame, NotUsed> toLink =
        ActorSink.actorRefWithBackpressure(
            link,
            (replyTo, answer) -> new OutboundLink.Answered(attempt, answer, replyTo),
            OutboundLink.AnswersOpened::new,
            OutboundLink.AnswerHandled.ANSWER_HANDLED,
            new OutboundLink.Ended(attempt, "closed by the peer"),
            failure -> new OutboundLink.Ended(attempt, String.valueOf(failure.getMessage())));
    return Flow.<SslTlsInbound>create()
        .statefulMapConcat(
            () -> {
              var parser = new FrameParser();
              var limit = new AnnouncementLimit();
              return inbound -> answers(parser, limit, inbound);
            })
        .to(toLink);
  }

  /** Refuses messages, which links carry one way only. */
  private static List<Frame> answers(
      FrameParser parser, AnnouncementLimit limit, SslTlsInbound inbound) {
    var found = new ArrayList<Frame>();
    if (inbound instanceof SessionBytes arrived) {
      var bytes = arrived.bytes().asByteBuffer();
      while (bytes.hasRemaining()) {
        switch (parser.parse(bytes, Hosting.BYTES_MAX)) {
          case Parsed.Complete(Frame.Heartbeat heartbeat) -> found.add(heartbeat);
          case Parsed.Complete(Frame.Announcement announcement) -> {
            if (!limit.admits(System.nanoTime())) {
              throw new LinkRefused(Refusal.TOO_MANY_ANNOUNCEMENTS);
            }
            found.add(announcement);
          }
          case Parsed.Complete other -> throw new LinkRefused(Refusal.UNEXPECTED_FRAME);
          case Parsed.Incomplete more -> {}
          case Parsed.Refused(var reason) -> throw new LinkRefused(reason);
        }
      }
    }
    return found;
  }
}
