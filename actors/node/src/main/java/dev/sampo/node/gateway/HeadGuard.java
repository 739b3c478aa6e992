package dev.sampo.node.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Looks at what a new connection sends first. A client that does not send a whole head of a request
 * in time is cut off (fault 91). An HTTP/1.1 request with a body that offers to change to HTTP/2,
 * as Java's own HTTP client makes by default, loses the offer, which a server may ignore: Pekko
 * HTTP would take it and lose the body. The connection then ends after the answer, as the next
 * request would make the offer again. Everything else passes unchanged, TLS at once.
 */
final class HeadGuard extends GraphStage<FlowShape<ByteString, ByteString>> {

  static final Duration HEAD_TIME_MAX = Duration.ofSeconds(10);

  /** A longer head is none of this stage's business: the parser refuses it. */
  static final int HEAD_BYTES_MAX = 16 * 1024;

  private static final String HTTP2 = "PRI ";

  /** How the first record of TLS begins; no method of HTTP does. */
  private static final char TLS = 0x16;

  private static final String END = "\r\n\r\n";
  private static final Pattern LINE_END = Pattern.compile("\r\n");

  private final Inlet<ByteString> in = Inlet.create("HeadGuard.in");
  private final Outlet<ByteString> out = Outlet.create("HeadGuard.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final Duration timeMax;

  HeadGuard(Duration timeMax) {
    this.timeMax = timeMax;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public TimerGraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** The bytes that are to be passed on in place of {@code head}; nothing if it is not whole. */
  static ByteString checked(ByteString head) {
    var text = head.decodeString(StandardCharsets.ISO_8859_1);
    if (text.startsWith(HTTP2) || text.charAt(0) == TLS) {
      return head;
    }
    int end = text.indexOf(END);
    if (end < 0) {
      boolean mayGrow = head.size() < HEAD_BYTES_MAX;
      return mayGrow ? ByteString.emptyByteString() : head;
    }
    var lines = List.of(LINE_END.split(text.substring(0, end), -1));
    boolean isFolded =
        lines.stream().anyMatch(line -> line.startsWith(" ") || line.startsWith("\t"));
    boolean offers = lines.stream().anyMatch(HeadGuard::offersHttp2);
    if (isFolded || !offers || lines.stream().noneMatch(HeadGuard::announcesBody)) {
      return head;
    }
    var kept =
        lines.stream().filter(line -> !offersHttp2(line)).collect(Collectors.joining("\r\n"));
    return ByteString.fromString(
        kept + "\r\nConnection: close" + text.substring(end), StandardCharsets.ISO_8859_1);
  }

  private static boolean offersHttp2(String line) {
    var header = line.toLowerCase(Locale.ROOT);
    return header.startsWith("upgrade:") && header.contains("h2c")
        || header.startsWith("http2-settings:")
        || header.startsWith("connection:") && header.contains("http2-settings");
  }

  private static boolean announcesBody(String line) {
    var header = line.toLowerCase(Locale.ROOT);
    return header.startsWith("content-length:") || header.startsWith("transfer-encoding:");
  }

  private final class Logic extends TimerGraphStageLogic {

    private ByteString head = ByteString.emptyByteString();
    private boolean passing;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              if (passing) {
                push(out, grab(in));
              } else {
                onFirstBytes(grab(in));
              }
            }

            @Override
            public void onUpstreamFinish() {
              if (!passing && !head.isEmpty()) {
                emit(out, head);
              }
              completeStage();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(in);
            }
          });
    }

    @Override
    public void preStart() {
      scheduleOnce(HeadGuard.class, timeMax);
    }

    @Override
    public void onTimer(Object timerKey) {
      failStage(new TimeoutException("no whole request within " + timeMax));
    }

    private void onFirstBytes(ByteString bytes) {
      head = head.concat(bytes);
      var first = checked(head);
      if (first.isEmpty()) {
        pull(in);
      } else {
        passing = true;
        cancelTimer(HeadGuard.class);
        head = ByteString.emptyByteString();
        push(out, first);
      }
    }
  }
}
