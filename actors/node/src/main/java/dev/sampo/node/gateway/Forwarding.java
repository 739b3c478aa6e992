package dev.sampo.node.gateway;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.Materializer;

/**
 * Forwards what this node has no replica in sync for to the nearest node that has one, bodies
 * unread and as they come. One other replica is tried if the first one could not be reached, does
 * not host the ledger any more, or was lost before it answered; the last only where the same
 * request may be made twice. A stream is ended when its replica falls behind and another one is in
 * sync. What another node forwarded is never forwarded again.
 */
final class Forwarding {

  /** The node to forward to, and one to fall back on. */
  private static final int NODES_ASKED = 2;

  private static final Duration BODY_MAX = Duration.ofSeconds(5);

  /** The ledger's own limit cuts in first. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final HostedLedgers hosted;
  private final Replicas replicas;
  private final NodeLinks links;
  private final Refusals refusals;
  private final Settings settings;
  private final Slots requests;
  private final Slots streams;

  /** What all requests share. */
  record Settings(GatewaySettings.Limits limits, Metrics metrics, Materializer materializer) {}

  Forwarding(
      HostedLedgers hosted,
      Replicas replicas,
      NodeLinks links,
      Refusals refusals,
      Settings settings) {
    this.hosted = hosted;
    this.replicas = replicas;
    this.links = links;
    this.refusals = refusals;
    this.settings = settings;
    var limits = settings.limits();
    this.requests = settings.metrics().gauged("forwarded", new Slots(2 * limits.reads()));
    this.streams =
        settings.metrics().gauged("forwarded streams", new Slots(2 * limits.submissionStreams()));
  }

  /** How a request is served by the replica that is here, in sync or not. */
  interface Here extends Function<HttpRequest, CompletionStage<HttpResponse>> {}

  /** Serves a request here or elsewhere; what is here no longer when it is served, elsewhere. */
  CompletionStage<HttpResponse> answer(HttpRequest request, Aim aim, Here here) {
    var elsewhere = of(request, aim, here);
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    boolean mayGo = hosted.placement().isPresent() && aim.kind().isOneAnswer();
    return mayGo ? hereOrElsewhere(request, aim, here) : here.apply(request);
  }

  private CompletionStage<HttpResponse> hereOrElsewhere(HttpRequest request, Aim aim, Here here) {
    return whole(request, aim.kind())
        .thenCompose(
            ready ->
                here.apply(ready)
                    .thenCompose(
                        answer ->
                            isGone(answer, aim) ? again(answer, ready, aim, here) : now(answer)))
        .exceptionally(thrown -> refusals.response(request, thrown));
  }

  /** Another node has taken the replica over since, or is about to. */
  private boolean isGone(HttpResponse answer, Aim aim) {
    return hosted.find(aim.ledger()).isEmpty()
        && (Refusals.isNotHosted(answer) || Refusals.isRefusal(answer, "NO_ANSWER"));
  }

  private CompletionStage<HttpResponse> again(
      HttpResponse answer, HttpRequest request, Aim aim, Here here) {
    var elsewhere = of(request, aim, here);
    if (elsewhere.isEmpty()) {
      return now(answer);
    }
    answer.discardEntityBytes(settings.materializer());
    settings.metrics().forwarded("moved");
    return elsewhere.get();
  }

  private static CompletionStage<HttpResponse> now(HttpResponse answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /**
   * Nothing if the request is to be served here. What was to be forwarded, but to nodes that cannot
   * be reached, is served {@code here} too, if there is a replica.
   */
  private Optional<CompletionStage<HttpResponse>> of(HttpRequest request, Aim aim, Here here) {
    if (aim.kind() == Aim.Kind.OF_NODE) {
      return Optional.empty();
    }
    boolean isHosted =
        hosted
            .find(aim.ledger())
            .filter(replica -> replica.takesSubmissions() || !aim.kind().isSubmission())
            .isPresent();
    boolean isOwn = isHosted && aim.kind() == Aim.Kind.OF_REPLICA;
    if (isOwn || (isHosted && replicas.isOwnInSync(aim.ledger()))) {
      return Optional.empty();
    }
    var asked =
        candidates(aim)
            .filter(each -> each.inSync() || !isHosted)
            .sorted((one, other) -> Boolean.compare(isSuspect(one), isSuspect(other)))
            .limit(NODES_ASKED)
            .toList();
    if (!asked.isEmpty()) {
      return Optional.of(
          forwarded(request, new Way(aim, asked, isHosted ? Optional.of(here) : Optional.empty())));
    }
    return isHosted || !isMissing(aim.ledger())
        ? Optional.empty()
        : Optional.of(refusals.of(request, "NO_REPLICA", "of " + named(aim)));
  }

  private Stream<RemoteReplica> candidates(Aim aim) {
    return replicas.of(aim.ledger()).stream()
        .filter(each -> each.takesSubmissions() || !aim.kind().isSubmission());
  }

  private boolean isSuspect(RemoteReplica replica) {
    return links.isSuspect(replica.address());
  }

  /** A ledger that there is, or may be: who hosts nothing and has heard of nobody cannot know. */
  private boolean isMissing(String ledger) {
    return replicas.isKnown(ledger) || (hosted.list().isEmpty() && replicas.ledgers().isEmpty());
  }

  private static String named(Aim aim) {
    return aim.ledger().isEmpty() ? "the first ledger" : "ledger " + aim.ledger();
  }

  /** Which nodes are asked in turn, and who is when none of them can be reached. */
  private record Way(Aim aim, List<RemoteReplica> asked, Optional<Here> here) {}

  private CompletionStage<HttpResponse> forwarded(HttpRequest request, Way way) {
    var aim = way.aim();
    var slots = aim.kind().isStream() ? streams : requests;
    if (!slots.tryTake()) {
      return refusals.of(request, "OVERLOADED", "too many requests are forwarded");
    }
    var errand = new Errand(way, new Lease(slots::release));
    return whole(request, aim.kind())
        .thenCompose(ready -> errand.attempt(ready, 0))
        .exceptionally(
            thrown -> {
              errand.lease.end();
              return refusals.response(request, thrown);
            });
  }

  /** Only what was read as a whole can be sent twice; what comes as a stream is passed on so. */
  private CompletionStage<HttpRequest> whole(HttpRequest request, Aim.Kind kind) {
    if (kind == Aim.Kind.SUBMISSIONS) {
      var unlimited = (RequestEntity) request.entity().withoutSizeLimit();
      return CompletableFuture.completedFuture(request.withEntity(unlimited));
    }
    return request
        .entity()
        .toStrict(BODY_MAX.toMillis(), settings.materializer())
        .thenApply(request::withEntity);
  }

  /** One request on its way. */
  private final class Errand {

    private final Aim aim;
    private final List<RemoteReplica> asked;
    private final Optional<Here> here;
    private final Lease lease;

    Errand(Way way, Lease lease) {
      this.aim = way.aim();
      this.asked = way.asked();
      this.here = way.here();
      this.lease = lease;
    }

    CompletionStage<HttpResponse> attempt(HttpRequest request, int number) {
      var address = asked.get(number).address();
      var taken = links.take(address);
      if (taken.isEmpty()) {
        return CompletableFuture.failedFuture(
            refusals.refused("OVERLOADED", "too many requests are forwarded to that node"));
      }
      var link = taken.get();
      var room = new Lease(link::release);
      return link.connected()
          .thenCompose(open -> open.send(ForwardedHead.of(request, address)))
          .orTimeout(answerMax().toMillis(), TimeUnit.MILLISECONDS)
          .handle(
              (answer, thrown) -> {
                if (thrown == null) {
                  return onAnswer(answer, room, request, number);
                }
                room.end();
                return onFailure(Errors.unwrapped(thrown), request, number);
              })
          .thenCompose(next -> next);
    }

    private Duration answerMax() {
      var limits = settings.limits();
      var wait = aim.kind() == Aim.Kind.SUBMIT ? limits.longestWait() : Duration.ZERO;
      return limits.answer().plus(wait).plus(MARGIN);
    }

    private CompletionStage<HttpResponse> onAnswer(
        HttpResponse answer, Lease room, HttpRequest request, int number) {
      if (Refusals.isNotHosted(answer)) {
        answer.discardEntityBytes(settings.materializer());
        room.end();
        return mayRepeat(number)
            ? again(request, number, "moved")
            : failed("NO_REPLICA", asked.get(number).node() + " does not host it any more");
      }
      settings.metrics().forwarded("answered");
      var used = asked.get(number);
      var relayed =
          new RelayedAnswer(
              GrpcApi.isFor(request),
              () -> aim.kind().isStream() && isStale(used),
              refusals,
              settings.materializer());
      return CompletableFuture.completedFuture(
          relayed.of(answer, () -> List.of(room, lease).forEach(Lease::end)));
    }

    private CompletionStage<HttpResponse> onFailure(
        Throwable failure, HttpRequest request, int number) {
      return switch (failure) {
        case ConnectException unreachable -> {
          links.suspect(asked.get(number).address());
          yield hasNext(number)
              ? again(request, number, "unreachable")
              : unreached(request, String.valueOf(unreachable.getMessage()));
        }
        case NodeLink.Lost lost ->
            mayRepeat(number)
                ? again(request, number, "lost")
                : failed("NO_ANSWER", String.valueOf(lost.getMessage()));
        case TimeoutException _ ->
            failed("NO_ANSWER", asked.get(number).node() + " did not answer in time");
        case Throwable fault -> CompletableFuture.failedFuture(fault);
      };
    }

    /** Others are in sync, and it is not any more: what is a stream would stay with it. */
    private boolean isStale(RemoteReplica used) {
      var inSync = candidates(aim).filter(RemoteReplica::inSync).toList();
      return !inSync.isEmpty()
          && inSync.stream().noneMatch(each -> each.address().equals(used.address()));
    }

    /** Nobody has seen the request yet. */
    private CompletionStage<HttpResponse> unreached(HttpRequest request, String detail) {
      if (here.isEmpty()) {
        return failed("NO_REPLICA", detail);
      }
      lease.end();
      settings.metrics().forwarded("here");
      return here.get().apply(request);
    }

    private boolean hasNext(int number) {
      return number + 1 < asked.size();
    }

    private boolean mayRepeat(int number) {
      return hasNext(number) && aim.kind().isRepeatable();
    }

    private CompletionStage<HttpResponse> again(HttpRequest request, int number, String why) {
      settings.metrics().forwarded(why);
      return attempt(request, number + 1);
    }

    private CompletionStage<HttpResponse> failed(String code, String detail) {
      settings.metrics().forwarded("failed");
      return CompletableFuture.failedFuture(refusals.refused(code, detail));
    }
  }
}
