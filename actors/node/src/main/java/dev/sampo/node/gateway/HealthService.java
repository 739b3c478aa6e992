package dev.sampo.node.gateway;

import dev.sampo.client.v1.Sampo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.Health;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.grpc.GrpcServiceException;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The health checking protocol of gRPC; serving means the same as {@code /ready}, of the node or of
 * the one ledger that the service names.
 */
final class HealthService implements Health {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Set<String> NODE = Set.of("", Sampo.name, Health.name);

  /** What follows it is a ledger's name or id. */
  private static final String LEDGER = Sampo.name + "/";

  private final NodeApi node;
  private final Ledgers ledgers;
  private final Slots watches;

  HealthService(NodeApi node, Ledgers ledgers, Slots watches) {
    this.node = node;
    this.ledgers = ledgers;
    this.watches = watches;
  }

  @Override
  public CompletionStage<HealthCheckResponse> check(HealthCheckRequest in) {
    return readiness(in.getService())
        .map(HealthService::response)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new GrpcServiceException(Status.NOT_FOUND.withDescription("no such service"))));
  }

  /** Nothing if there is no such service, or no such ledger here now. */
  private Optional<CompletionStage<Readiness>> readiness(String service) {
    if (NODE.contains(service)) {
      return Optional.of(node.ready());
    }
    if (!service.startsWith(LEDGER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ledgers.named(service.substring(LEDGER.length())).ready());
    } catch (Refused unknown) {
      return Optional.empty();
    }
  }

  /** A service that is not there is watched too: a ledger may come. */
  @Override
  public Source<HealthCheckResponse, NotUsed> watch(HealthCheckRequest in) {
    var service = in.getService();
    return Source.lazySource(() -> changes(service))
        .mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<HealthCheckResponse, NotUsed> changes(String service) {
    if (!watches.tryTake()) {
      throw new StatusRuntimeException(
          Status.RESOURCE_EXHAUSTED.withDescription("too many watches"));
    }
    return Source.tick(Duration.ZERO, POLL, NotUsed.getInstance())
        .mapAsync(1, _ -> now(service))
        .statefulMap(
            Optional::<HealthCheckResponse>empty,
            (before, status) ->
                Pair.create(
                    Optional.of(status),
                    before.equals(Optional.of(status))
                        ? Optional.<HealthCheckResponse>empty()
                        : Optional.of(status)),
            _ -> Optional.empty())
        .mapConcat(changed -> changed.stream().toList())
        .watchTermination(
            (_, ended) -> {
              ended.whenComplete((_, _) -> watches.release());
              return NotUsed.getInstance();
            });
  }

  private CompletionStage<HealthCheckResponse> now(String service) {
    return readiness(service)
        .map(HealthService::response)
        .orElseGet(
            () -> CompletableFuture.completedFuture(response(ServingStatus.SERVICE_UNKNOWN)));
  }

  private static CompletionStage<HealthCheckResponse> response(CompletionStage<Readiness> ready) {
    return ready.thenApply(
        readiness ->
            response(readiness.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
