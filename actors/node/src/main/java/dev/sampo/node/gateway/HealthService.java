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

/** The health checking protocol of gRPC; serving means the same as {@code /ready}. */
final class HealthService implements Health {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Set<String> SERVICES = Set.of("", Sampo.name, Health.name);

  private final Api api;
  private final Slots watches;

  HealthService(Api api, Slots watches) {
    this.api = api;
    this.watches = watches;
  }

  @Override
  public CompletionStage<HealthCheckResponse> check(HealthCheckRequest in) {
    return SERVICES.contains(in.getService())
        ? now()
        : CompletableFuture.failedFuture(
            new GrpcServiceException(Status.NOT_FOUND.withDescription("no such service")));
  }

  @Override
  public Source<HealthCheckResponse, NotUsed> watch(HealthCheckRequest in) {
    if (!SERVICES.contains(in.getService())) {
      // The stream stays open, as the service might come; here none ever does.
      return Source.single(response(ServingStatus.SERVICE_UNKNOWN))
          .concat(Source.maybe())
          .mapMaterializedValue(_ -> NotUsed.getInstance());
    }
    return Source.lazySource(this::changes).mapMaterializedValue(_ -> NotUsed.getInstance());
  }

  private Source<HealthCheckResponse, NotUsed> changes() {
    if (!watches.tryTake()) {
      throw new StatusRuntimeException(
          Status.RESOURCE_EXHAUSTED.withDescription("too many watches"));
    }
    return Source.tick(Duration.ZERO, POLL, NotUsed.getInstance())
        .mapAsync(1, _ -> now())
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

  private CompletionStage<HealthCheckResponse> now() {
    return api.ready()
        .thenApply(
            readiness ->
                response(readiness.isReady() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }
}
