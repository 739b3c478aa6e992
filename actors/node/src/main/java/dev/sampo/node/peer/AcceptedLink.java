package dev.sampo.node.peer;

import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.node.peer.FrameParser.Parsed;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The acceptor's half of a peer link: admits a hello that fits the key which TLS has proved, then
 * passes frames on as fast as they are asked for. It fails with {@link LinkRefused}.
 */
final class AcceptedLink extends GraphStage<FlowShape<SslTlsInbound, AcceptedLink.Arrived>> {

  /** A frame after the hello, and the hello that says where it comes from. */
  record Arrived(Hello origin, Frame frame) {}

  private enum Deadline {
    HANDSHAKE,
    SILENCE
  }

  private final Inlet<SslTlsInbound> in = Inlet.create("AcceptedLink.in");
  private final Outlet<Arrived> out = Outlet.create("AcceptedLink.out");
  private final PeerIdentity identity;
  private final PeerSettings settings;
  private final Consumer<Hello> admitted;

  AcceptedLink(PeerIdentity identity, PeerSettings settings, Consumer<Hello> admitted) {
    this.identity = identity;
    this.settings = settings;
    this.admitted = admitted;
  }

  @Override
  public FlowShape<SslTlsInbound, AcceptedLink.Arrived> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private final FrameParser parser = new FrameParser();
    private ByteBuffer unparsed = ByteBuffer.allocate(0);
    private @Nullable SSLSession session;
    private @Nullable Hello origin;
    private int lengthMax = Hello.LENGTH;
    private long waitingSinceNanos;

    Logic() {
      super(AcceptedLink.this.shape());
      setHandler(in, new Arrivals());
      setHandler(out, new Demand());
    }

    @Override
    public void preStart() {
      scheduleOnce(Deadline.HANDSHAKE, settings.handshakeTimeout());
    }

    @Override
    public void onTimer(Object deadline) {
      switch ((Deadline) deadline) {
        case HANDSHAKE -> refuse(Refusal.SLOW_HANDSHAKE);
        case SILENCE -> onSilenceChecked();
      }
    }

    /** Only the peer's silence counts, not the time in which this side did not read. */
    private void onSilenceChecked() {
      long waitedNanos = System.nanoTime() - waitingSinceNanos;
      if (hasBeenPulled(in) && waitedNanos > settings.silenceMax().toNanos()) {
        refuse(Refusal.SILENT);
      }
    }

    private void refuse(Refusal reason) {
      failStage(new LinkRefused(reason));
    }

    /** Parses until a frame is passed on, more bytes are needed, or the link is refused. */
    private void advance() {
      boolean goesOn = true;
      while (goesOn) {
        goesOn =
            switch (parser.parse(unparsed, lengthMax)) {
              case Parsed.Complete(var frame) -> onFrame(frame);
              case Parsed.Incomplete incomplete -> onIncomplete();
              case Parsed.Refused(var reason) -> onRefused(reason);
            };
      }
    }

    private boolean onFrame(Frame frame) {
      if (origin != null) {
        push(out, new Arrived(origin, frame));
        return false;
      }
      var refusal = greeted(frame);
      refusal.ifPresent(this::refuse);
      return refusal.isEmpty();
    }

    private boolean onIncomplete() {
      if (isClosed(in)) {
        completeStage();
      } else {
        waitingSinceNanos = System.nanoTime();
        pull(in);
      }
      return false;
    }

    private boolean onRefused(Refusal reason) {
      refuse(origin == null ? Refusal.MALFORMED_HELLO : reason);
      return false;
    }

    private Optional<Refusal> greeted(Frame frame) {
      return switch (frame) {
        case Frame.Greeting(var content) -> {
          try {
            yield admit(Hello.decode(content));
          } catch (Malformed malformed) {
            yield Optional.of(Refusal.MALFORMED_HELLO);
          }
        }
        case Frame.Announcement early -> Optional.of(Refusal.MALFORMED_HELLO);
        case Frame.Heartbeat early -> Optional.of(Refusal.MALFORMED_HELLO);
        case Frame.Message early -> Optional.of(Refusal.MALFORMED_HELLO);
      };
    }

    private Optional<Refusal> admit(Hello hello) {
      var refusal =
          peerKey()
              .map(key -> identity.refusalOf(hello, key))
              .orElse(Optional.of(Refusal.UNAUTHENTICATED));
      if (refusal.isEmpty()) {
        origin = hello;
        lengthMax = settings.stream(hello.stream()).frameBytesMax();
        cancelTimer(Deadline.HANDSHAKE);
        var period = settings.silenceMax().dividedBy(5);
        scheduleWithFixedDelay(Deadline.SILENCE, period, period);
        admitted.accept(hello);
      }
      return refusal;
    }

    private Optional<PublicKey> peerKey() {
      if (session == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(PeerTls.peerKey(session));
      } catch (SSLPeerUnverifiedException anonymous) {
        return Optional.empty();
      }
    }

    private final class Arrivals extends AbstractInHandler {
      @Override
      public void onPush() {
        if (grab(in) instanceof SessionBytes arrived) {
          session = arrived.session();
          unparsed = arrived.bytes().asByteBuffer();
          advance();
        } else {
          completeStage();
        }
      }

      @Override
      public void onUpstreamFinish() {
        if (!unparsed.hasRemaining()) {
          completeStage();
        }
      }
    }

    private final class Demand extends AbstractOutHandler {
      @Override
      public void onPull() {
        advance();
      }
    }
  }
}
