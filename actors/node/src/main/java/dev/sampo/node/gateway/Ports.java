package dev.sampo.node.gateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.event.NoLogging;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.ServerBuilder;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;

/** Where a gateway listens: for clients, and for other nodes of its trust domain. */
final class Ports {

  /** How long requests in hand may take to end when the node stops. */
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final ActorSystem<?> system;
  private final Materializer materializer;

  Ports(ActorSystem<?> system, Materializer materializer) {
    this.system = system;
    this.materializer = materializer;
  }

  /** HTTP/2 without TLS, and HTTP/1.1. */
  CompletionStage<ServerBinding> open(
      GatewaySettings at, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return bind(server(at), at, handler);
  }

  /** Mutual TLS: only who holds the cluster's key is heard at all. */
  CompletionStage<ServerBinding> openForNodes(
      GatewaySettings at,
      SSLContext tls,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    var secure = ConnectionContext.httpsServer(() -> NodeLinks.accepting(tls));
    return bind(server(at).enableHttps(secure), at, handler);
  }

  private ServerBuilder server(GatewaySettings at) {
    return Http.get(system)
        .newServerAt(at.host(), at.port())
        .withSettings(settings(at.limits()))
        .withMaterializer(materializer)
        // Faults of connections; those of this node are logged by Errors.
        .logTo(NoLogging.getInstance());
  }

  private CompletionStage<ServerBinding> bind(
      ServerBuilder server,
      GatewaySettings at,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return server
        .bind(handler)
        .thenApply(binding -> binding.addToCoordinatedShutdown(DRAIN, system))
        .exceptionallyCompose(
            thrown ->
                CompletableFuture.failedFuture(new GatewayNotBound(at, Errors.unwrapped(thrown))));
  }

  private static ServerSettings settings(GatewaySettings.Limits limits) {
    return ServerSettings.create(
        Resources.text("http-server.conf")
            + "\npekko.http.server.max-connections = "
            + limits.connections()
            + "\npekko.http.server.http2.max-concurrent-streams = "
            + limits.streamsPerConnection());
  }
}
