package dev.sampo.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.Materializer;

/** Finds the route of a request, and turns whatever goes wrong into a problem. */
final class HttpRoutes {

  private final List<Route> routes;
  private final Errors errors;
  private final Materializer materializer;

  HttpRoutes(List<Route> routes, Errors errors, Materializer materializer) {
    this.routes = routes;
    this.errors = errors;
    this.materializer = materializer;
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    return attempt(request)
        .exceptionally(thrown -> Problem.response(errors.of(thrown), path(request)))
        .thenApply(HttpRoutes::hardened);
  }

  private CompletionStage<HttpResponse> attempt(HttpRequest request) {
    try {
      return dispatch(request);
    } catch (IllegalUriException malformed) {
      return CompletableFuture.failedFuture(errors.malformed("the address is malformed"));
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private CompletionStage<HttpResponse> dispatch(HttpRequest request) {
    var path = new ArrayList<String>();
    request.getUri().pathSegments().forEach(path::add);
    if (!path.isEmpty() && path.getLast().isEmpty()) {
      path.removeLast(); // a slash at the end
    }
    var here = routes.stream().filter(route -> route.match(path).isPresent()).toList();
    for (var route : here) {
      if (route.method().equals(request.method())) {
        var variables = route.match(path).orElseThrow();
        return route.handler().handle(new Call(request, variables, errors));
      }
    }
    request.discardEntityBytes(materializer);
    return CompletableFuture.completedFuture(
        here.isEmpty() ? notFound(request) : notAllowed(request, here));
  }

  private HttpResponse notFound(HttpRequest request) {
    return Problem.response(
        errors.refused("ROUTE_NOT_FOUND", "nothing at " + path(request)), path(request));
  }

  private HttpResponse notAllowed(HttpRequest request, List<Route> here) {
    var allowed =
        here.stream().map(route -> route.method().name()).collect(Collectors.joining(", "));
    var refused =
        errors.refused("METHOD_NOT_ALLOWED", request.method().name() + "; has " + allowed);
    return Problem.response(refused, path(request)).addHeader(RawHeader.create("Allow", allowed));
  }

  private static String path(HttpRequest request) {
    return request.getUri().getPathString();
  }

  /** No answer is guessed to be something else, or kept by caches. */
  private static HttpResponse hardened(HttpResponse response) {
    return response
        .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
        .addHeader(RawHeader.create("Cache-Control", "no-store"));
  }
}
