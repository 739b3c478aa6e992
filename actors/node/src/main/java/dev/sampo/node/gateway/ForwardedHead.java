package dev.sampo.node.gateway;

import dev.sampo.node.gateway.RemoteReplica.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMessage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Heads of messages as they are passed on: without what is about one connection only. */
final class ForwardedHead {

  private static final Set<String> OF_ONE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "server",
          "te",
          "timeout-access",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ForwardedHead() {}

  /** The request as it is made at {@code address}, with the same body. */
  static HttpRequest of(HttpRequest request, Address address) {
    var uri = request.getUri().scheme("https").host(address.host()).port(address.port());
    return HttpRequest.create()
        .withMethod(request.method())
        .withUri(uri)
        .withHeaders(headers(request))
        .withEntity(request.entity());
  }

  /** The answer as it is given to the client, with the same body. */
  static HttpResponse of(HttpResponse answer) {
    return HttpResponse.create()
        .withStatus(answer.status())
        .withHeaders(headers(answer))
        .withEntity(answer.entity());
  }

  private static List<HttpHeader> headers(HttpMessage message) {
    var kept = new ArrayList<HttpHeader>();
    for (var header : message.getHeaders()) {
      if (!OF_ONE_CONNECTION.contains(header.name().toLowerCase(Locale.ROOT))) {
        kept.add(header);
      }
    }
    return kept;
  }
}
