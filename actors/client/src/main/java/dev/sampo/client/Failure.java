package dev.sampo.client;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Why one attempt of a call failed.
 *
 * @param maybeDelivered whether the node may have acted on it nevertheless
 * @param ofEndpoint whether the node or the way to it is at fault, rather than the request
 */
record Failure(
    ErrorCatalogue.Entry error, String detail, boolean maybeDelivered, boolean ofEndpoint) {

  static final Metadata.Key<String> CODE =
      Metadata.Key.of("sampo-code", Metadata.ASCII_STRING_MARSHALLER);

  /** What a node says that does not host the ledger; another one may. */
  static final String LEDGER_NOT_FOUND = "LEDGER_NOT_FOUND";

  /** What a client says in the name of a node that it sends nothing for now. */
  static final String OVERLOADED = "OVERLOADED";

  private static final Set<String> OVERLOAD =
      Set.of(OVERLOADED, "MEMPOOL_FULL", "BACKLOG_LIMIT", "DEDUPE_FULL");

  static Failure of(Throwable thrown, ErrorCatalogue catalogue) {
    return switch (thrown) {
      case StatusRuntimeException failed -> ofStatus(failed, catalogue);
      case HeldBack heldBack ->
          refused(catalogue.get(OVERLOADED), String.valueOf(heldBack.getMessage()));
      case NeverSent unsent -> ofStatus(unsent.status(), catalogue).undelivered();
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), catalogue);
      case Throwable other ->
          new Failure(catalogue.get("INTERNAL"), String.valueOf(other), true, false);
    };
  }

  private Failure undelivered() {
    return new Failure(error, detail, false, ofEndpoint);
  }

  private static Failure ofStatus(StatusRuntimeException failed, ErrorCatalogue catalogue) {
    var status = failed.getStatus();
    var detail = Optional.ofNullable(status.getDescription()).orElse(status.getCode().name());
    var code = Optional.ofNullable(failed.getTrailers()).map(trailers -> trailers.get(CODE));
    if (code.isPresent()) {
      return refused(catalogue.get(code.get()), detail);
    }
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          new Failure(
              catalogue.get("UNREACHABLE"), detail(failed, detail), !neverSent(failed), true);
      case DEADLINE_EXCEEDED -> new Failure(catalogue.get("NO_ANSWER"), detail, true, true);
      case UNIMPLEMENTED, INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED ->
          new Failure(catalogue.get("MALFORMED_REQUEST"), detail, false, false);
      case OK,
          CANCELLED,
          UNKNOWN,
          NOT_FOUND,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          INTERNAL,
          DATA_LOSS ->
          new Failure(catalogue.get("INTERNAL"), status.getCode() + ": " + detail, true, true);
    };
  }

  private static Failure refused(ErrorCatalogue.Entry error, String detail) {
    boolean unanswered = error.code().equals("NO_ANSWER") || error.code().equals("INTERNAL");
    boolean ofEndpoint =
        unanswered || error.grpcStatus() == Status.Code.UNAVAILABLE || isOfLedger(error);
    return new Failure(error, detail, unanswered, ofEndpoint);
  }

  private static boolean neverSent(StatusRuntimeException failed) {
    var cause = rootCause(failed);
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException;
  }

  private static String detail(StatusRuntimeException failed, String detail) {
    return failed.getCause() == null ? detail : detail + ": " + rootCause(failed).getMessage();
  }

  private static Throwable rootCause(Throwable thrown) {
    var deepest = thrown;
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    return deepest;
  }

  /** Whether the node does not host the ledger, so that asking the same one again is of no use. */
  boolean isOfLedger() {
    return isOfLedger(error);
  }

  /**
   * Whether there is too much to do; as others have as much probably, they are not asked at once.
   */
  boolean isOfOverload() {
    return OVERLOAD.contains(error.code());
  }

  static boolean isOfLedger(SampoException failure) {
    return isOfLedger(failure.error());
  }

  private static boolean isOfLedger(ErrorCatalogue.Entry error) {
    return error.code().equals(LEDGER_NOT_FOUND);
  }

  /** Whether another attempt may succeed; every call of the API may be repeated with its bytes. */
  boolean isRetryable() {
    return ofEndpoint || error.retryable();
  }
}
