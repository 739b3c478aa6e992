package dev.sampo.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;

/**
 * What a request is about, as far as its head tells, so that it can be forwarded unread.
 *
 * @param ledger as in {@link HostedLedgers#find}; what is malformed or contradicts itself is left
 *     to whoever serves the request, and is the first ledger here
 */
record Aim(Kind kind, String ledger) {

  /** How a request may be treated. */
  enum Kind {
    /** About this node itself. */
    OF_NODE,
    /** About a replica: its node answers if it has one. */
    OF_REPLICA,
    /** Changes nothing, so that it may be asked again elsewhere. */
    READ,
    /**
     * Hands over a transaction. It may be sent again elsewhere: a transaction is known by its
     * bytes, executes at most once (X1), and whoever has it already says how it stands.
     */
    SUBMIT,
    /** Submissions as they come; what was sent is gone, so that it cannot be sent again. */
    SUBMISSIONS,
    /** A stream of answers to one question. */
    WATCH;

    /** Whether only a validator's replica can serve it. */
    boolean isSubmission() {
      return this == SUBMIT || this == SUBMISSIONS;
    }

    boolean isStream() {
      return this == SUBMISSIONS || this == WATCH;
    }

    /** Whether it is about a ledger, with one answer to one question. */
    boolean isOneAnswer() {
      return this == READ || this == SUBMIT;
    }

    /** Whether the same request may be made again although it was made before. */
    boolean isRepeatable() {
      return this != SUBMISSIONS;
    }
  }

  private static final String GRPC = "/sampo.v1.Sampo/";
  private static final String FIRST = "";

  static Aim of(HttpRequest request) {
    var path = request.getUri().path();
    if (GrpcApi.isFor(request)) {
      var method = path.startsWith(GRPC) ? path.substring(GRPC.length()) : "";
      return new Aim(ofMethod(method), header(request));
    }
    var segments = segments(request);
    if (segments.size() < 2 || !segments.getFirst().equals("v1")) {
      return new Aim(Kind.OF_NODE, FIRST);
    }
    boolean isNamed = segments.get(1).equals("ledgers");
    var resource = segments.subList(isNamed ? Math.min(3, segments.size()) : 1, segments.size());
    var kind = ofResource(request, resource);
    return new Aim(kind, isNamed && segments.size() > 2 ? lower(segments.get(2)) : header(request));
  }

  /** An address that is malformed has none. */
  private static List<String> segments(HttpRequest request) {
    var segments = new ArrayList<String>();
    try {
      request.getUri().pathSegments().forEach(segments::add);
    } catch (IllegalUriException malformed) {
      return List.of();
    }
    return segments;
  }

  private static Kind ofMethod(String name) {
    return switch (name) {
      case "SubmitTransaction" -> Kind.SUBMIT;
      case "SubmitTransactions" -> Kind.SUBMISSIONS;
      case "WatchTransaction" -> Kind.WATCH;
      case "GetTransaction", "GetAccount", "GetBlock", "GetPacket", "GetGenesis" -> Kind.READ;
      case "GetStatus" -> Kind.OF_REPLICA;
      default -> Kind.OF_NODE;
    };
  }

  private static Kind ofResource(HttpRequest request, List<String> path) {
    return switch (path.isEmpty() ? "" : path.getFirst()) {
      case "transactions" -> ofTransactions(request, path);
      case "accounts", "blocks", "channels", "genesis" -> Kind.READ;
      case "status" -> Kind.OF_REPLICA;
      default -> Kind.OF_NODE;
    };
  }

  private static Kind ofTransactions(HttpRequest request, List<String> path) {
    if (request.method().equals(HttpMethods.POST)) {
      return Kind.SUBMIT;
    }
    return path.size() > 2 && path.get(2).equals("events") ? Kind.WATCH : Kind.READ;
  }

  private static String header(HttpRequest request) {
    return request.getHeader(Ledgers.HEADER).map(named -> lower(named.value())).orElse(FIRST);
  }

  /** Names of ledgers are in lower case; ids may be written in either. */
  private static String lower(String ledger) {
    return ledger.toLowerCase(Locale.ROOT);
  }
}
