package dev.sampo.node.gateway;

import dev.sampo.core.message.PeerMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;

/** Answers readers, on the port that only nodes of the trust domain can speak to. */
final class FollowService {

  private static final String METHOD = "Follow";

  private final HostedLedgers hosted;
  private final ApiParts parts;
  private final Refusals refusals;
  private final Materializer materializer;

  FollowService(
      HostedLedgers hosted, ApiParts parts, Refusals refusals, Materializer materializer) {
    this.hosted = hosted;
    this.parts = parts;
    this.refusals = refusals;
    this.materializer = materializer;
  }

  static boolean isFor(HttpRequest request) {
    return request.method().equals(HttpMethods.GET)
        && request.getUri().getPathString().startsWith(FollowPath.PREFIX);
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    var path = FollowPath.parse(request.getUri().getPathString());
    if (path.isEmpty()) {
      return refusals.of(request, "MALFORMED_REQUEST", "not a question of a reader");
    }
    var ledger = path.get().ledger();
    var found = hosted.find(ledger.hex());
    if (found.isEmpty()) {
      return refusals.of(request, "LEDGER_NOT_FOUND", "ledger " + ledger.hex());
    }
    request.discardEntityBytes(materializer);
    var serving = new Serving(found.get().summary().name().text(), parts);
    return serving
        .within(
            METHOD,
            parts.reads(),
            () ->
                serving
                    .answered(
                        found.get().access().follow(path.get().query()), parts.limits().answer())
                    .thenApply(messages -> response(path.get(), messages)))
        .exceptionally(thrown -> refusals.response(request, thrown));
  }

  private static HttpResponse response(FollowPath path, List<PeerMessage> messages) {
    var body = FollowBody.encode(path.ledger(), messages);
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, body));
  }
}
