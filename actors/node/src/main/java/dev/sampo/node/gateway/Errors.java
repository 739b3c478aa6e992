package dev.sampo.node.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sampo.client.ErrorCatalogue;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.grpc.internal.MissingParameterException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.http2.PeerClosedStreamException;
import org.apache.pekko.stream.StreamTcpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds for everything that can go wrong its entry in the catalogue. */
final class Errors {

  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  private final ErrorCatalogue catalogue;

  Errors(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  ErrorCatalogue catalogue() {
    return catalogue;
  }

  Refused refused(String code, String detail) {
    return new Refused(catalogue.get(code), detail);
  }

  Refused malformed(String detail) {
    return refused("MALFORMED_REQUEST", detail);
  }

  /** What the client is told; only a fault of this node is logged. */
  Refused of(Throwable thrown) {
    return switch (unwrapped(thrown)) {
      case Refused refused -> refused;
      case ReplicaEnded ended -> refused("NO_ANSWER", String.valueOf(ended.getMessage()));
      case TimeoutException _ -> refused("NO_ANSWER", "the ledger did not answer in time");
      case EntityStreamSizeException _ -> tooLarge();
      case EntityStreamException large when large.info().summary().contains("too large") ->
          tooLarge();
      case InvalidProtocolBufferException malformed ->
          malformed("not a valid message: " + malformed.getMessage());
      case MissingParameterException _ -> malformed("the call has no message");
      case StatusRuntimeException status -> malformed(status.getStatus().toString());
      case EntityStreamException _ -> malformed("the request ended too early");
      case PeerClosedStreamException _ -> malformed("the client ended the call");
      case StreamTcpException _ -> malformed("the connection was lost");
      case UnsupportedOperationException unknown ->
          refused("ROUTE_NOT_FOUND", String.valueOf(unknown.getMessage()));
      case Throwable fault -> {
        LOG.error("A request failed by a fault of this node", fault);
        yield refused("INTERNAL", "see the log of the node");
      }
    };
  }

  private Refused tooLarge() {
    return refused("TOO_LARGE", "the request is too large");
  }

  static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? unwrapped(thrown.getCause())
        : thrown;
  }
}
