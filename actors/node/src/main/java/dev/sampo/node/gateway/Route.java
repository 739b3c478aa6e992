package dev.sampo.node.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * One operation of the HTTP API.
 *
 * @param template a path, with at most one segment {@code {name}} that stands for any
 */
record Route(HttpMethod method, String template, Handler handler) {

  private static final Pattern SLASH = Pattern.compile("/");

  /** Answers a request; what it throws or fails with becomes a problem. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> handle(Call call);
  }

  /** The value of the template's variable, or "" if it has none; nothing if the path is another. */
  Optional<String> match(List<String> path) {
    var segments = segments(template);
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    String value = "";
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).startsWith("{")) {
        value = path.get(i);
      } else if (!segments.get(i).equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(value);
  }

  private static List<String> segments(String path) {
    return SLASH.splitAsStream(path).filter(segment -> !segment.isEmpty()).toList();
  }
}
