package dev.sampo.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.Query;
import org.apache.pekko.japi.Pair;

/** A request that a route was found for; reads its parameters strictly. */
final class Call {

  private final HttpRequest request;
  private final Map<String, String> variables;
  private final Query query;
  private final Errors errors;

  Call(HttpRequest request, Map<String, String> variables, Errors errors) {
    this.request = request;
    this.variables = variables;
    this.query = request.getUri().query();
    this.errors = errors;
  }

  HttpRequest request() {
    return request;
  }

  /** What stands in the path in the place of a variable of the template. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** What stands there for a variable that the template has. */
  String required(String name) {
    return variable(name).orElseThrow();
  }

  /** The values of a header that may be repeated. */
  List<String> headers(String name) {
    var values = new ArrayList<String>();
    for (var header : request.getHeaders()) {
      if (header.is(name)) {
        values.add(header.value());
      }
    }
    return values;
  }

  boolean flag(String name) {
    return switch (query.get(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw errors.malformed(name + " must be true or false");
    };
  }

  long number(String name) {
    Optional<String> text = query.get(name);
    return text.isEmpty() ? 0 : number(name, text.get());
  }

  /** A decimal number of 0 to 2^63-1. */
  long number(String name, String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      throw errors.malformed(name + " is not a whole number that this API knows");
    }
    throw errors.malformed(name + " must not be negative");
  }

  /** All values of a parameter that may be repeated. */
  List<String> all(String name) {
    return query.toList().stream()
        .filter(pair -> pair.first().equals(name))
        .map(Pair::second)
        .toList();
  }
}
