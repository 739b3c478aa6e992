package dev.sampo.node.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.Message;
import dev.sampo.client.v1.Outcome;
import dev.sampo.client.v1.TransactionStatus;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/** The API in HTTP and JSON; {@code openapi.json} describes exactly these routes. */
final class HttpApi {

  static final String SUBMIT = "/v1/transactions";

  /** Enough for 64 KiB in hexadecimal and what goes with it. */
  private static final long BODY_BYTES_MAX = 192 * 1024;

  private static final Duration BODY_TIME_MAX = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final ContentType EVENT_STREAM =
      ContentTypes.parse("text/event-stream; charset=utf-8");
  private static final ContentType.NonBinary PROMETHEUS =
      (ContentType.NonBinary) ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

  private final Api api;
  private final Watches watches;
  private final Metrics metrics;
  private final Errors errors;
  private final Materializer materializer;
  private final String openApi = Resources.text("openapi.json");

  HttpApi(Api api, Watches watches, Metrics metrics, Errors errors, Materializer materializer) {
    this.api = api;
    this.watches = watches;
    this.metrics = metrics;
    this.errors = errors;
    this.materializer = materializer;
  }

  List<Route> routes() {
    return List.of(
        new Route(HttpMethods.GET, "/", this::index),
        new Route(HttpMethods.POST, SUBMIT, this::submit),
        new Route(HttpMethods.GET, "/v1/transactions/{id}", this::transaction),
        new Route(HttpMethods.GET, "/v1/transactions/{id}/events", this::events),
        new Route(HttpMethods.GET, "/v1/accounts/{name}", this::account),
        new Route(HttpMethods.GET, "/v1/blocks/{block}", this::block),
        new Route(HttpMethods.GET, "/v1/status", _ -> api.status().thenApply(HttpApi::json)),
        new Route(HttpMethods.GET, "/v1/genesis", _ -> api.genesis().thenApply(HttpApi::json)),
        new Route(HttpMethods.GET, "/openapi.json", _ -> now(json(openApi))),
        new Route(HttpMethods.GET, "/alive", _ -> now(json("{\"alive\":true}"))),
        new Route(HttpMethods.GET, "/ready", _ -> api.ready().thenApply(HttpApi::readiness)),
        new Route(HttpMethods.GET, "/metrics", _ -> now(prometheus())));
  }

  private CompletionStage<HttpResponse> index(Call call) {
    var index = JsonNodeFactory.instance.objectNode();
    index.put("name", "Sampo node");
    index.put("grpc", "sampo.v1.Sampo, grpc.health.v1.Health and reflection, on this port");
    var urls = index.putArray("urls");
    routes().forEach(route -> urls.add(route.method().name() + " " + route.template()));
    return now(json(index.toString()));
  }

  private CompletionStage<HttpResponse> submit(Call call) {
    var entity = call.request().entity();
    var type = entity.getContentType().mediaType();
    boolean raw = type.equals(MediaTypes.APPLICATION_OCTET_STREAM);
    boolean encoded = call.request().getHeader("Content-Encoding").isPresent();
    if (encoded || !raw && !type.equals(MediaTypes.APPLICATION_JSON)) {
      call.request().discardEntityBytes(materializer);
      throw errors.refused(
          "UNSUPPORTED_MEDIA_TYPE", encoded ? "compressed or encoded" : type.toString());
    }
    return entity
        .toStrict(BODY_TIME_MAX.toMillis(), BODY_BYTES_MAX, materializer)
        .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(slow(thrown)))
        .thenCompose(
            body -> {
              var bytes = body.getData().toArray();
              var submission =
                  raw
                      ? new SubmitBody(
                          Bytes.owning(bytes), Duration.ofMillis(call.number(SubmitBody.WAIT)))
                      : SubmitBody.parse(bytes, errors);
              return api.submit(submission.transaction(), submission.waiting());
            })
        .thenApply(HttpApi::submitted);
  }

  private Throwable slow(Throwable thrown) {
    return Errors.unwrapped(thrown) instanceof TimeoutException
        ? errors.refused("REQUEST_TIMEOUT", "the body took longer than 5 s")
        : thrown;
  }

  /** 200 once the outcome is final, 202 before. */
  private static HttpResponse submitted(TransactionStatus status) {
    boolean isFinal =
        status.getOutcome() == Outcome.OUTCOME_COMMITTED
            || status.getOutcome() == Outcome.OUTCOME_REJECTED;
    var id = new Hash(Bytes.owning(status.getTransactionId().toByteArray())).hex();
    return json(status)
        .withStatus(isFinal ? StatusCodes.OK : StatusCodes.ACCEPTED)
        .addHeader(RawHeader.create("Location", SUBMIT + "/" + id));
  }

  private CompletionStage<HttpResponse> transaction(Call call) {
    return api.transaction(id(call), call.flag("prove")).thenApply(HttpApi::json);
  }

  private CompletionStage<HttpResponse> events(Call call) {
    var id = id(call);
    if (watches.isFull()) {
      throw watches.tooMany();
    }
    var heartbeat = ByteString.fromString(":\n\n");
    var events =
        watches
            .of(id)
            .map(status -> "event: transaction\ndata: " + MessageJson.of(status) + "\n\n")
            .map(ByteString::fromString)
            .keepAlive(HEARTBEAT, () -> heartbeat);
    return now(HttpResponse.create().withEntity(HttpEntities.createChunked(EVENT_STREAM, events)));
  }

  private CompletionStage<HttpResponse> account(Call call) {
    var query =
        strictly(
            () ->
                new AccountQuery(
                    new AccountId(call.variable()),
                    call.all("asset").stream().map(AssetId::new).toList(),
                    call.flag("prove")));
    return api.account(query, Height.of(call.number("min_height"))).thenApply(HttpApi::json);
  }

  private CompletionStage<HttpResponse> block(Call call) {
    var text = call.variable();
    BlockQuery query;
    if (text.equals("latest")) {
      query = new BlockQuery.Latest();
    } else if (text.length() == 2 * Hash.LENGTH) {
      query = new BlockQuery.ByHash(strictly(() -> Hash.fromHex(text)));
    } else {
      query = new BlockQuery.ByHeight(Height.of(call.number("a block's height", text)));
    }
    return api.block(query).thenApply(HttpApi::json);
  }

  private TransactionId id(Call call) {
    return strictly(() -> TransactionId.fromHex(call.variable()));
  }

  private <T> T strictly(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException malformed) {
      throw errors.malformed(String.valueOf(malformed.getMessage()));
    }
  }

  private static HttpResponse readiness(Readiness readiness) {
    var body = JsonNodeFactory.instance.objectNode().put("ready", readiness.isReady());
    var reasons = body.putArray("reasons");
    readiness.reasons().forEach(reasons::add);
    return json(body.toString())
        .withStatus(readiness.isReady() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
  }

  private HttpResponse prometheus() {
    return HttpResponse.create().withEntity(HttpEntities.create(PROMETHEUS, metrics.scrape()));
  }

  private static HttpResponse json(Message message) {
    return json(MessageJson.of(message));
  }

  private static HttpResponse json(String text) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, text));
  }

  private static <T> CompletionStage<T> now(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
