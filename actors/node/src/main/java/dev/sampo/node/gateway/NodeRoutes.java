package dev.sampo.node.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.core.types.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What HTTP and JSON offer of the node itself; {@code openapi.json} describes all routes. */
final class NodeRoutes {

  private static final String LEDGERS = "/v1/ledgers";
  private static final String PLACEMENT = "/v1/placement";

  private static final ContentType.NonBinary PROMETHEUS =
      (ContentType.NonBinary) ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private final NodeApi api;
  private final PlacementApi placement;
  private final Slots charters;
  private final Bodies bodies;
  private final Metrics metrics;
  private final Errors errors;
  private final String openApi = Resources.text("openapi.json");

  NodeRoutes(
      SampoService.OfNode node, Slots charters, Bodies bodies, Metrics metrics, Errors errors) {
    this.api = node.ledgers();
    this.placement = node.placement();
    this.charters = charters;
    this.bodies = bodies;
    this.metrics = metrics;
    this.errors = errors;
  }

  /** All routes of the port: these, and those of the ledgers. */
  List<Route> with(List<Route> ofLedgers) {
    var routes = new ArrayList<Route>();
    routes.add(new Route(HttpMethods.GET, "/", _ -> now(index(routes))));
    routes.addAll(ofLedgers);
    routes.add(new Route(HttpMethods.GET, LEDGERS, _ -> api.list().thenApply(Json::of)));
    routes.add(new Route(HttpMethods.POST, LEDGERS, this::host));
    routes.add(new Route(HttpMethods.GET, PLACEMENT, _ -> placement.look().thenApply(Json::of)));
    routes.add(new Route(HttpMethods.POST, PLACEMENT, this::move));
    routes.add(new Route(HttpMethods.GET, "/openapi.json", _ -> now(Json.ofText(openApi))));
    routes.add(new Route(HttpMethods.GET, "/alive", _ -> now(Json.ofText("{\"alive\":true}"))));
    routes.add(
        new Route(HttpMethods.GET, "/ready", _ -> api.ready().thenApply(NodeRoutes::readiness)));
    routes.add(new Route(HttpMethods.GET, "/metrics", _ -> now(prometheus())));
    return List.copyOf(routes);
  }

  private static HttpResponse index(List<Route> routes) {
    var index = JsonNodeFactory.instance.objectNode();
    index.put("name", "Sampo node");
    index.put("grpc", "sampo.v1.Sampo, grpc.health.v1.Health and reflection, on this port");
    var urls = index.putArray("urls");
    routes.forEach(route -> urls.add(route.method().name() + " " + route.template()));
    return Json.ofText(index.toString());
  }

  /** Few charters are read at a time, as they are large. */
  private CompletionStage<HttpResponse> host(Call call) {
    boolean raw = bodies.isRaw(call);
    if (!charters.tryTake()) {
      bodies.drop(call);
      throw errors.refused("OVERLOADED", "too many charters are in hand");
    }
    return bodies
        .read(call, CharterBody.BYTES_MAX, "CHARTER_TOO_LARGE")
        .thenApply(body -> raw ? Bytes.owning(body) : CharterBody.parse(body, errors))
        .thenCompose(api::host)
        .thenApply(NodeRoutes::hosted)
        .whenComplete((_, _) -> charters.release());
  }

  private CompletionStage<HttpResponse> move(Call call) {
    if (bodies.isRaw(call)) {
      bodies.drop(call);
      throw errors.refused("UNSUPPORTED_MEDIA_TYPE", "an order is application/json");
    }
    return bodies
        .read(call, MoveBody.BYTES_MAX, "TOO_LARGE")
        .thenApply(body -> MoveBody.parse(body, errors))
        .thenCompose(body -> placement.move(body.order(), body.signature()))
        .thenApply(NodeRoutes::moved);
  }

  /** 202 for what is under way, 200 for what was there before. */
  private static HttpResponse moved(MoveLedgerResponse answer) {
    return Json.of(answer)
        .withStatus(answer.getAlreadyThere() ? StatusCodes.OK : StatusCodes.ACCEPTED)
        .addHeader(RawHeader.create("Location", PLACEMENT));
  }

  /** 201 for a ledger that was not hosted here before, 200 for one that was. */
  private static HttpResponse hosted(HostLedgerResponse answer) {
    return Json.of(answer)
        .withStatus(answer.getAlreadyHosted() ? StatusCodes.OK : StatusCodes.CREATED)
        .addHeader(RawHeader.create("Location", LEDGERS + "/" + answer.getName() + "/status"));
  }

  private static HttpResponse readiness(Readiness readiness) {
    var body = JsonNodeFactory.instance.objectNode().put("ready", readiness.isReady());
    var reasons = body.putArray("reasons");
    readiness.reasons().forEach(reasons::add);
    return Json.ofText(body.toString())
        .withStatus(readiness.isReady() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
  }

  private HttpResponse prometheus() {
    return HttpResponse.create().withEntity(HttpEntities.create(PROMETHEUS, metrics.scrape()));
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
