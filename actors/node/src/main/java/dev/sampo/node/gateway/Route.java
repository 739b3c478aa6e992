package dev.sampo.node.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * One operation of the HTTP API.
 *
 * @param template a path, with segments {@code {name}} that stand for any
 */
record Route(HttpMethod method, String template, Handler handler) {

  private static final Pattern SLASH = Pattern.compile("/");

  /** Answers a request; what it throws or fails with becomes a problem. */
  @FunctionalInterface
  interface Handler {
    CompletionStage<HttpResponse> handle(Call call);
  }

  /** The values of the template's variables; nothing if the path is another. */
  Optional<Map<String, String>> match(List<String> path) {
    var segments = segments(template);
    if (segments.size() != path.size()) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      if (segment.startsWith("{")) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private static List<String> segments(String path) {
    return SLASH.splitAsStream(path).filter(segment -> !segment.isEmpty()).toList();
  }
}
