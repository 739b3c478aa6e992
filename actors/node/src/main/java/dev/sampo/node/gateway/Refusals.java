package dev.sampo.node.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** Errors as answers to requests of either protocol that no service has seen. */
final class Refusals {

  private static final String NOT_HOSTED = "LEDGER_NOT_FOUND";

  private final Errors errors;
  private final Materializer materializer;

  Refusals(Errors errors, Materializer materializer) {
    this.errors = errors;
    this.materializer = materializer;
  }

  Refused refused(String code, String detail) {
    return errors.refused(code, detail);
  }

  Refused of(Throwable thrown) {
    return errors.of(thrown);
  }

  /** Nothing of the request's body is read. */
  CompletionStage<HttpResponse> of(HttpRequest request, String code, String detail) {
    request.discardEntityBytes(materializer);
    return CompletableFuture.completedFuture(response(request, refused(code, detail)));
  }

  /** To a request whose body is somebody else's business. */
  HttpResponse response(HttpRequest request, Throwable thrown) {
    var refused = errors.of(thrown);
    if (GrpcApi.isFor(request)) {
      return GrpcApi.response(refused);
    }
    return Problem.response(refused, request.getUri().getPathString());
  }

  /** Whether a node says, before anything else, that it does not host the ledger. */
  static boolean isNotHosted(HttpResponse answer) {
    return isRefusal(answer, NOT_HOSTED);
  }

  /** Whether an answer consists of nothing but this error of the catalogue. */
  static boolean isRefusal(HttpResponse answer, String code) {
    return answer.getHeader(GrpcApi.CODE).filter(header -> header.value().equals(code)).isPresent();
  }
}
