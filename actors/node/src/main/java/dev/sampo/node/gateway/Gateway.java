package dev.sampo.node.gateway;

import dev.sampo.client.ErrorCatalogue;
import dev.sampo.core.crypto.Ed25519Suite;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.ActorMaterializer;
import org.apache.pekko.stream.ActorMaterializerSettings;
import org.apache.pekko.stream.Materializer;

/**
 * The edge of a node: gRPC (HTTP/2 without TLS), HTTP/JSON, server-sent events, health and metrics
 * on one port; what this node cannot serve is forwarded to one that can. It runs on the dispatcher
 * {@value #DISPATCHER}, so that clients cannot take time from consensus (product.md S20), and stops
 * with the actor system.
 */
public final class Gateway {

  /** Defined in {@code gateway.conf}, which the node's configuration includes. */
  public static final String DISPATCHER = "sampo.gateway.dispatcher";

  /** How many may be read and verified at a time; each is up to 1 MiB. */
  private static final int CHARTERS_MAX = 4;

  /** Which node has answered; in the head of every answer. */
  static final String ANSWERED_BY = "sampo-answered-by";

  private final HttpHeader signature;
  private final Services services;
  private final HostedLedgers hosted;
  private final Refusals refusals;
  private final Optional<Forwarding> forwarding;

  /** What answers the requests that are served here. */
  private record Services(GrpcApi grpc, HttpRoutes http, FollowService follow) {}

  private Gateway(
      String node,
      Services services,
      HostedLedgers hosted,
      Refusals refusals,
      Optional<Forwarding> forwarding) {
    this.signature = RawHeader.create(ANSWERED_BY, node);
    this.services = services;
    this.hosted = hosted;
    this.refusals = refusals;
    this.forwarding = forwarding;
  }

  /**
   * Serves at the address of {@code settings}, and at that of {@code routing} for other nodes.
   * Fails with {@link GatewayNotBound} if one of them cannot be listened on.
   */
  public static CompletionStage<ServerBinding> start(
      ActorSystem<?> system,
      HostedLedgers ledgers,
      GatewaySettings settings,
      PrometheusMeterRegistry registry,
      Routing routing) {
    var materializer = materializer(system);
    var executor = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISPATCHER));
    var errors = new Errors(ErrorCatalogue.load());
    var parts = ApiParts.of(settings.limits(), errors, new Metrics(registry), executor);
    var services =
        services(
            system,
            materializer,
            new Sources(ledgers, routing.replicas(), routing.tls().isPresent(), routing.node()),
            parts);
    var refusals = new Refusals(errors, materializer);
    var forwarding =
        routing
            .tls()
            .map(
                tls ->
                    new Forwarding(
                        ledgers,
                        routing.replicas(),
                        new NodeLinks(system, materializer, tls),
                        refusals,
                        new Forwarding.Settings(settings.limits(), parts.metrics(), materializer)));
    var gateway = new Gateway(routing.node(), services, ledgers, refusals, forwarding);
    return gateway.listen(new Ports(system, materializer), settings, routing);
  }

  private CompletionStage<ServerBinding> listen(
      Ports ports, GatewaySettings settings, Routing routing) {
    return ports
        .open(settings, this::handle)
        .thenCompose(
            forClients ->
                routing
                    .port()
                    .map(port -> new GatewaySettings(port.host(), port.port(), settings.limits()))
                    .map(
                        at ->
                            ports
                                .openForNodes(
                                    at, routing.tls().orElseThrow(), this::handleForwarded)
                                .thenApply(_ -> forClients))
                    .orElseGet(() -> CompletableFuture.completedFuture(forClients)));
  }

  /**
   * Which ledgers a node hosts, what it knows of those of others, whether it forwards, and its
   * name.
   */
  record Sources(HostedLedgers hosted, Replicas replicas, boolean forwards, String node) {}

  private static Services services(
      ActorSystem<?> system, Materializer materializer, Sources sources, ApiParts parts) {
    var errors = parts.errors();
    var metrics = parts.metrics();
    var limits = parts.limits();
    var suite = new Ed25519Suite();
    var api = new NodeApi(sources, suite, parts);
    var node = new SampoService.OfNode(api, new PlacementApi(sources, suite, parts));
    var ledgers = new Ledgers(sources.hosted(), parts);
    var slots = metrics.gauged("watches", new Slots(limits.watches()));
    var watches = new Watches(errors, slots);
    var streams = metrics.gauged("submission streams", new Slots(limits.submissionStreams()));
    var charters = metrics.gauged("charters", new Slots(CHARTERS_MAX));
    var offered =
        new GrpcApi.Services(
            new SampoService(node, ledgers, watches, streams, errors),
            new HealthService(api, ledgers, slots));
    var grpc = new GrpcApi(offered, errors, charters, system, materializer);
    var bodies = new Bodies(errors, materializer);
    var ofLedger = new LedgerRoutes(ledgers, watches, bodies, errors);
    var ofNode = new NodeRoutes(node, charters, bodies, metrics, errors);
    var routes = ofNode.with(ofLedger.routes());
    var refusals = new Refusals(errors, materializer);
    return new Services(
        grpc,
        new HttpRoutes(routes, errors, materializer),
        new FollowService(sources.hosted(), parts, refusals, materializer));
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    return forwarding
        .map(each -> each.answer(request, Aim.of(request), this::serve))
        .orElseGet(() -> serve(request))
        .thenApply(this::signed);
  }

  /** A request is passed on once: what comes from another node goes no further. */
  private CompletionStage<HttpResponse> handleForwarded(HttpRequest request) {
    if (FollowService.isFor(request)) {
      return services.follow().handle(request).thenApply(this::signed);
    }
    return forwarded(request, Aim.of(request)).thenApply(this::signed);
  }

  /** Only what is about a replica that is here. */
  private CompletionStage<HttpResponse> forwarded(HttpRequest request, Aim aim) {
    if (aim.kind() == Aim.Kind.OF_NODE) {
      return refusals.of(request, "ROUTE_NOT_FOUND", "nothing that is forwarded");
    }
    return hosted.find(aim.ledger()).isPresent()
        ? serve(request)
        : refusals.of(request, "LEDGER_NOT_FOUND", "ledger " + aim.ledger());
  }

  private CompletionStage<HttpResponse> serve(HttpRequest request) {
    return GrpcApi.isFor(request)
        ? services.grpc().handle(request)
        : services.http().handle(request);
  }

  /** The answer of another node bears its name already. */
  private HttpResponse signed(HttpResponse response) {
    return response.getHeader(ANSWERED_BY).isPresent() ? response : response.addHeader(signature);
  }

  // The settings of a materializer can be changed in no other way than the deprecated one.
  @SuppressWarnings("deprecation")
  private static Materializer materializer(ActorSystem<?> system) {
    var classic = system.classicSystem();
    return ActorMaterializer.create(
        ActorMaterializerSettings.create(classic).withDispatcher(DISPATCHER), classic);
  }
}
