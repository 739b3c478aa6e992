package dev.sampo.node.gateway;

import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/**
 * What HTTP and JSON offer of one ledger: of the one in the path, or in the header {@value
 * Ledgers#HEADER}, or of the node's first one.
 */
final class LedgerRoutes {

  private static final String DEFAULT = "/v1";
  private static final String NAMED = "/v1/ledgers/{ledger}";
  private static final String TRANSACTIONS = "/transactions";

  /** Enough for 64 KiB in hexadecimal and what goes with it. */
  private static final long BODY_BYTES_MAX = 192 * 1024;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final ContentType EVENT_STREAM =
      ContentTypes.parse("text/event-stream; charset=utf-8");

  private final Ledgers ledgers;
  private final Watches watches;
  private final Bodies bodies;
  private final Errors errors;

  /** Answers a request about a ledger. */
  @FunctionalInterface
  private interface Handler {
    CompletionStage<HttpResponse> handle(Api api, Call call);
  }

  LedgerRoutes(Ledgers ledgers, Watches watches, Bodies bodies, Errors errors) {
    this.ledgers = ledgers;
    this.watches = watches;
    this.bodies = bodies;
    this.errors = errors;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (var prefix : List.of(DEFAULT, NAMED)) {
      routes.add(route(HttpMethods.POST, prefix + TRANSACTIONS, this::submit));
      routes.add(get(prefix + TRANSACTIONS + "/{id}", this::transaction));
      routes.add(get(prefix + TRANSACTIONS + "/{id}/events", this::events));
      routes.add(get(prefix + "/accounts/{name}", this::account));
      routes.add(get(prefix + "/blocks/{block}", this::block));
      routes.add(get(prefix + "/channels/{channel}/packets/{sequence}", this::packet));
      routes.add(get(prefix + "/status", (api, _) -> api.status().thenApply(Json::of)));
      routes.add(get(prefix + "/genesis", (api, _) -> api.genesis().thenApply(Json::of)));
    }
    return List.copyOf(routes);
  }

  private Route get(String template, Handler handler) {
    return route(HttpMethods.GET, template, handler);
  }

  private Route route(HttpMethod method, String template, Handler handler) {
    return new Route(method, template, call -> handler.handle(ledger(call), call));
  }

  private Api ledger(Call call) {
    var header = call.headers(Ledgers.HEADER);
    var path = call.variable("ledger");
    try {
      if (path.isPresent() && !header.isEmpty() && !header.equals(List.of(path.get()))) {
        throw errors.malformed("the address and " + Ledgers.HEADER + " name different ledgers");
      }
      return path.map(ledgers::named).orElseGet(() -> ledgers.named(header));
    } catch (Refused refused) {
      bodies.drop(call);
      throw refused;
    }
  }

  private CompletionStage<HttpResponse> submit(Api api, Call call) {
    boolean raw = bodies.isRaw(call);
    return bodies
        .read(call, BODY_BYTES_MAX, "TOO_LARGE")
        .thenCompose(
            bytes -> {
              var submission =
                  raw
                      ? new SubmitBody(
                          Bytes.owning(bytes), Duration.ofMillis(call.number(SubmitBody.WAIT)))
                      : SubmitBody.parse(bytes, errors);
              return api.submit(submission.transaction(), submission.waiting());
            })
        .thenApply(status -> submitted(api, status));
  }

  /** 200 once the outcome is final, 202 before. */
  private static HttpResponse submitted(Api api, TransactionStatus status) {
    boolean isFinal =
        status.getOutcome() == Outcome.OUTCOME_COMMITTED
            || status.getOutcome() == Outcome.OUTCOME_REJECTED;
    var id = Hash.of(Bytes.owning(status.getTransactionId().toByteArray())).hex();
    return Json.of(status)
        .withStatus(isFinal ? StatusCodes.OK : StatusCodes.ACCEPTED)
        .addHeader(RawHeader.create("Location", home(api.summary()) + TRANSACTIONS + "/" + id));
  }

  private static String home(LedgerSummary summary) {
    return summary.isDefault() ? DEFAULT : NAMED.replace("{ledger}", summary.name().text());
  }

  private CompletionStage<HttpResponse> transaction(Api api, Call call) {
    return api.transaction(id(call), call.flag("prove")).thenApply(Json::of);
  }

  private CompletionStage<HttpResponse> events(Api api, Call call) {
    var id = id(call);
    if (watches.isFull()) {
      throw watches.tooMany();
    }
    var heartbeat = ByteString.fromString(":\n\n");
    var events =
        watches
            .of(api, id)
            .map(status -> "event: transaction\ndata: " + MessageJson.of(status) + "\n\n")
            .map(ByteString::fromString)
            .keepAlive(HEARTBEAT, () -> heartbeat);
    return CompletableFuture.completedFuture(
        HttpResponse.create().withEntity(HttpEntities.createChunked(EVENT_STREAM, events)));
  }

  private CompletionStage<HttpResponse> account(Api api, Call call) {
    var query =
        strictly(
            () ->
                new AccountQuery(
                    new AccountId(call.required("name")),
                    call.all("asset").stream().map(AssetId::new).toList(),
                    call.flag("prove")));
    return api.account(query, Height.of(call.number("min_height"))).thenApply(Json::of);
  }

  private CompletionStage<HttpResponse> packet(Api api, Call call) {
    long sequence = call.number("a packet's sequence", call.required("sequence"));
    var query = strictly(() -> new PacketQuery(new ChannelId(call.required("channel")), sequence));
    return api.packet(query).thenApply(Json::of);
  }

  private CompletionStage<HttpResponse> block(Api api, Call call) {
    var text = call.required("block");
    BlockQuery query;
    if (text.equals("latest")) {
      query = new BlockQuery.Latest();
    } else if (text.length() == 2 * Hash.LENGTH) {
      query = new BlockQuery.ByHash(strictly(() -> Hash.fromHex(text)));
    } else {
      query = new BlockQuery.ByHeight(Height.of(call.number("a block's height", text)));
    }
    return api.block(query).thenApply(Json::of);
  }

  private TransactionId id(Call call) {
    return strictly(() -> TransactionId.fromHex(call.required("id")));
  }

  private <T> T strictly(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException malformed) {
      throw errors.malformed(String.valueOf(malformed.getMessage()));
    }
  }
}
