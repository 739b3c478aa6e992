package dev.sampo.node.gateway;

import dev.sampo.client.v1.Sampo;
import dev.sampo.client.v1.SampoPowerApi;
import dev.sampo.client.v1.SampoPowerApiHandlerFactory;
import dev.sampo.core.genesis.LedgerCharter;
import io.grpc.Status;
import io.grpc.health.v1.Health;
import io.grpc.health.v1.HealthHandlerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.grpc.Trailers;
import org.apache.pekko.grpc.javadsl.MetadataBuilder;
import org.apache.pekko.grpc.javadsl.ServerReflection;
import org.apache.pekko.grpc.javadsl.ServiceHandler;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/** The gRPC services of the port, and how errors travel in gRPC: as trailers. */
final class GrpcApi {

  /** Messages of streams; the others are limited as requests are. */
  static final int MESSAGE_BYTES_MAX = 256 * 1024;

  private static final String STREAM = "/" + Sampo.name + "/SubmitTransactions";
  private static final String HOST = "/" + Sampo.name + "/HostLedger";

  /** A charter, and what a message has beside it. */
  private static final int CHARTER_MESSAGE_BYTES_MAX = LedgerCharter.ENCODED_BYTES_MAX + 64;

  private static final Duration CHARTER_TIME_MAX = Duration.ofSeconds(5);

  static final String CODE = "sampo-code";
  private static final String RETRYABLE = "sampo-retryable";
  private static final String SAFE_TO_RESUBMIT = "sampo-safe-to-resubmit";

  /** How long a client should pause that was shed; understood by gRPC's own retries (gRFC A6). */
  private static final String PUSHBACK = "grpc-retry-pushback-ms";

  private static final String PUSHBACK_MS = "250";

  private final Errors errors;
  private final Slots charters;
  private final Function<HttpRequest, CompletionStage<HttpResponse>> services;

  /** What the port offers. */
  record Services(SampoPowerApi sampo, Health health) {}

  GrpcApi(
      Services offered,
      Errors errors,
      Slots charters,
      ActorSystem<?> system,
      Materializer materializer) {
    this.errors = errors;
    this.charters = charters;
    this.services =
        concat(
            SampoPowerApiHandlerFactory.partial(
                offered.sampo(), Sampo.name, materializer, _ -> this::trailers, system),
            HealthHandlerFactory.partial(
                offered.health(), Health.name, materializer, _ -> this::trailers, system),
            ServerReflection.create(List.of(Sampo.description, Health.description), system));
  }

  // The array that the library asks for can only be made so.
  @SuppressWarnings("unchecked")
  private static Function<HttpRequest, CompletionStage<HttpResponse>> concat(
      Function<HttpRequest, CompletionStage<HttpResponse>> sampo,
      Function<HttpRequest, CompletionStage<HttpResponse>> health,
      Function<HttpRequest, CompletionStage<HttpResponse>> reflection) {
    return ServiceHandler.concatOrNotFound(sampo, health, reflection);
  }

  static boolean isFor(HttpRequest request) {
    var type = request.entity().getContentType().mediaType();
    return type.isApplication() && type.subType().startsWith("grpc");
  }

  /**
   * Compressed messages are refused, as a small one may stand for a huge one (fault 93); answers
   * are never compressed, as that costs more than the bytes.
   */
  CompletionStage<HttpResponse> handle(HttpRequest request) {
    var encoding = request.getHeader("grpc-encoding").map(header -> header.value());
    if (encoding.filter(name -> !name.equals("identity")).isPresent()) {
      return CompletableFuture.completedFuture(
          response(errors.refused("COMPRESSION_UNSUPPORTED", encoding.get())));
    }
    var plain = request.removeHeader("grpc-accept-encoding");
    return switch (request.getUri().path()) {
      case STREAM ->
          served(guarded(plain, new MessageGuard(MESSAGE_BYTES_MAX, "TOO_LARGE", errors)));
      case HOST -> charter(plain);
      default -> served(plain);
    };
  }

  private CompletionStage<HttpResponse> served(HttpRequest request) {
    try {
      return services.apply(request);
    } catch (Exception thrown) {
      return CompletableFuture.completedFuture(response(errors.of(thrown)));
    }
  }

  /** Few of these are read at a time, as they are large. */
  private CompletionStage<HttpResponse> charter(HttpRequest request) {
    if (!charters.tryTake()) {
      return CompletableFuture.completedFuture(
          response(errors.refused("OVERLOADED", "too many charters are in hand")));
    }
    var guarded =
        guarded(request, new MessageGuard(CHARTER_MESSAGE_BYTES_MAX, "CHARTER_TOO_LARGE", errors));
    var inTime =
        guarded.transformEntityDataBytes(
            Flow.of(ByteString.class)
                .completionTimeout(CHARTER_TIME_MAX)
                .mapError(
                    TimeoutException.class,
                    _ -> errors.refused("REQUEST_TIMEOUT", "the charter took longer than 5 s")));
    return served(inTime).whenComplete((_, _) -> charters.release());
  }

  /** A stream may have any length; what is limited are its messages. */
  private static HttpRequest guarded(HttpRequest request, MessageGuard guard) {
    return request
        .withEntity((RequestEntity) request.entity().withoutSizeLimit())
        .transformEntityDataBytes(guard);
  }

  private Trailers trailers(Throwable thrown) {
    if (Errors.unwrapped(thrown) instanceof GrpcServiceException standard) {
      return new Trailers(standard.getStatus(), standard.getMetadata());
    }
    var refused = errors.of(thrown);
    var metadata =
        new MetadataBuilder()
            .addText(CODE, refused.error().code())
            .addText(RETRYABLE, Boolean.toString(refused.error().retryable()))
            .addText(SAFE_TO_RESUBMIT, Boolean.toString(refused.error().safeToResubmit()));
    if (refused.error().grpcStatus() == Status.Code.RESOURCE_EXHAUSTED) {
      metadata.addText(PUSHBACK, PUSHBACK_MS);
    }
    return new Trailers(status(refused), metadata.build());
  }

  /** An answer that consists of trailers only, to a request that no service has seen. */
  static HttpResponse response(Refused refused) {
    return HttpResponse.create()
        .withEntity(
            HttpEntities.create(ContentTypes.APPLICATION_GRPC_PROTO, ByteString.emptyByteString()))
        .addHeaders(trailersOf(refused));
  }

  /** How a call ends that was refused. */
  static List<HttpHeader> trailersOf(Refused refused) {
    var status = status(refused);
    return List.of(
        RawHeader.create("grpc-status", Integer.toString(status.getCode().value())),
        RawHeader.create("grpc-message", String.valueOf(status.getDescription())),
        RawHeader.create(CODE, refused.error().code()),
        RawHeader.create(RETRYABLE, Boolean.toString(refused.error().retryable())),
        RawHeader.create(SAFE_TO_RESUBMIT, Boolean.toString(refused.error().safeToResubmit())));
  }

  private static Status status(Refused refused) {
    return refused.error().grpcStatus().toStatus().withDescription(printable(refused.detail()));
  }

  /** Trailers are ASCII lines; what a client sent must not break out of them (fault 94). */
  private static String printable(String detail) {
    var clean = new StringBuilder();
    detail.chars().map(c -> c >= ' ' && c <= '~' ? c : '?').forEach(c -> clean.append((char) c));
    return clean.toString();
  }
}
