package dev.sampo.node.gateway;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Passes the bytes of a gRPC call on, and fails at the announcement of a message that is too long:
 * the library would gather it, whatever its length (fault 93).
 */
final class MessageGuard extends GraphStage<FlowShape<ByteString, ByteString>> {

  /** A flag, then the length of the message. */
  private static final int PREFIX_BYTES = 5;

  private static final String REST = "rest";

  /** How long the rest of a refused message may take. */
  private static final Duration REST_MAX = Duration.ofSeconds(1);

  private final Inlet<ByteString> in = Inlet.create("MessageGuard.in");
  private final Outlet<ByteString> out = Outlet.create("MessageGuard.out");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
  private final int bytesMax;
  private final String code;
  private final Errors errors;

  /** What is longer is refused with {@code code}. */
  MessageGuard(int bytesMax, String code, Errors errors) {
    this.bytesMax = bytesMax;
    this.code = code;
    this.errors = errors;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private boolean isRefused;
    private int prefixBytes;
    private long announced;
    private long messageBytesLeft;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              var bytes = grab(in);
              if (isRefused) {
                pull(in);
              } else if (areBounded(bytes)) {
                push(out, bytes);
              } else {
                refuse();
              }
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

    /** Reads on for a while: a call that is not read is reset before its client hears why. */
    private void refuse() {
      isRefused = true;
      fail(out, errors.refused(code, "a message of " + announced + " bytes, at most " + bytesMax));
      pull(in);
      scheduleOnce(REST, REST_MAX);
    }

    @Override
    public void onTimer(Object rest) {
      completeStage();
    }

    private boolean areBounded(ByteString bytes) {
      int at = 0;
      while (at < bytes.size()) {
        if (messageBytesLeft > 0) {
          int skipped = (int) Math.min(messageBytesLeft, bytes.size() - at);
          messageBytesLeft -= skipped;
          at += skipped;
        } else {
          onPrefix(bytes.apply(at++));
          if (messageBytesLeft > bytesMax) {
            return false;
          }
        }
      }
      return true;
    }

    private void onPrefix(byte next) {
      announced = prefixBytes == 0 ? 0 : (announced << 8) | (next & 0xff);
      prefixBytes++;
      if (prefixBytes == PREFIX_BYTES) {
        prefixBytes = 0;
        messageBytesLeft = announced;
      }
    }
  }
}
