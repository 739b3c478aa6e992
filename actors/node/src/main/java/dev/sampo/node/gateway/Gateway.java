package dev.sampo.node.gateway;

import dev.sampo.client.ErrorCatalogue;
import dev.sampo.core.crypto.Ed25519Suite;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.ActorMaterializer;
import org.apache.pekko.stream.ActorMaterializerSettings;
import org.apache.pekko.stream.Materializer;

/**
 * The edge of a node: gRPC (HTTP/2 without TLS), HTTP/JSON, server-sent events, health and metrics
 * on one port. It runs on the dispatcher {@value #DISPATCHER}, so that clients cannot take time
 * from consensus (product.md S20), and stops with the actor system.
 */
public final class Gateway {

  /** Defined in {@code gateway.conf}, which the node's configuration includes. */
  public static final String DISPATCHER = "sampo.gateway.dispatcher";

  /** How long requests in hand may take to end when the node stops. */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  /** How many may be read and verified at a time; each is up to 1 MiB. */
  private static final int CHARTERS_MAX = 4;

  private final GrpcApi grpc;
  private final HttpRoutes http;

  private Gateway(GrpcApi grpc, HttpRoutes http) {
    this.grpc = grpc;
    this.http = http;
  }

  /** Fails with {@link GatewayNotBound} if the address cannot be listened on. */
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system,
      HostedLedgers ledgers,
      GatewaySettings settings,
      PrometheusMeterRegistry registry) {
    var materializer = materializer(system);
    var gateway = create(system, materializer, ledgers, settings.limits(), registry);
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(serverSettings(settings.limits()))
        .withMaterializer(materializer)
        .logTo(
            NoLogging
                .getInstance()) // faults of connections; faults of this node are logged by Errors
        .bind(gateway::handle)
        .thenApply(binding -> binding.addToCoordinatedShutdown(DRAIN, system))
        .exceptionallyCompose(
            thrown ->
                CompletableFuture.failedFuture(
                    new GatewayNotBound(settings, Errors.unwrapped(thrown))));
  }

  private static Gateway create(
      ActorSystem<?> system,
      Materializer materializer,
      HostedLedgers hosted,
      GatewaySettings.Limits limits,
      PrometheusMeterRegistry registry) {
    var executor = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER));
    var errors = new Errors(ErrorCatalogue.load());
    var metrics = new Metrics(registry);
    var parts = ApiParts.of(limits, errors, metrics, executor);
    var node = new NodeApi(hosted, new Ed25519Suite(), parts);
    var ledgers = new Ledgers(hosted, parts);
    var slots = metrics.gauged("watches", new Slots(limits.watches()));
    var watches = new Watches(errors, slots);
    var streams = metrics.gauged("submission streams", new Slots(limits.submissionStreams()));
    var charters = metrics.gauged("charters", new Slots(CHARTERS_MAX));
    var services =
        new GrpcApi.Services(
            new SampoService(node, ledgers, watches, streams, errors),
            new HealthService(node, ledgers, slots));
    var grpc = new GrpcApi(services, errors, charters, system, materializer);
    var bodies = new Bodies(errors, materializer);
    var ofLedger = new LedgerRoutes(ledgers, watches, bodies, errors);
    var ofNode = new NodeRoutes(node, charters, bodies, metrics, errors);
    var routes = ofNode.with(ofLedger.routes());
    return new Gateway(grpc, new HttpRoutes(routes, errors, materializer));
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    return GrpcApi.isFor(request) ? grpc.handle(request) : http.handle(request);
  }

  private static ServerSettings serverSettings(GatewaySettings.Limits limits) {
    return ServerSettings.create(
        Resources.text("http-server.conf")
            + "\npekko.http.server.max-connections = "
            + limits.connections()
            + "\npekko.http.server.http2.max-concurrent-streams = "
            + limits.streamsPerConnection());
  }

  // The settings of a materializer can be changed in no other way than the deprecated one.
  @SuppressWarnings("deprecation")
  private static Materializer materializer(ActorSystem<?> system) {
    var classic = system.classicSystem();
    return ActorMaterializer.create(
        ActorMaterializerSettings.create(classic).withDispatcher(DISPATCHER), classic);
  }
}
