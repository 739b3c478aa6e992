package dev.sampo.node.gateway;

import dev.sampo.client.v1.MoveLedgerResponse;
import dev.sampo.client.v1.PlacedNode;
import dev.sampo.client.v1.PlacedReplica;
import dev.sampo.client.v1.Placement;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The operations of the API on where replicas are, the same for gRPC and HTTP. */
final class PlacementApi {

  private final Gateway.Sources sources;
  private final SignatureVerifier verifier;
  private final ApiParts parts;
  private final Errors errors;
  private final Serving serving;

  PlacementApi(Gateway.Sources sources, SignatureVerifier verifier, ApiParts parts) {
    this.sources = sources;
    this.verifier = verifier;
    this.parts = parts;
    this.errors = parts.errors();
    this.serving = new Serving(Serving.NO_LEDGER, parts);
  }

  /** A node that shares nothing tells what it hosts itself. */
  CompletionStage<Placement> look() {
    return serving.within(
        "GetPlacement",
        parts.reads(),
        () ->
            sources
                .hosted()
                .placement()
                .map(shared -> serving.answered(shared.look(), parts.limits().answer()))
                .orElseGet(this::alone)
                .thenCompose(this::placement));
  }

  private CompletionStage<List<NodePlacement>> alone() {
    var replicas =
        sources.hosted().list().stream()
            .map(each -> new NodePlacement.Replica(each.summary().id(), 0, Duration.ZERO))
            .toList();
    return CompletableFuture.completedFuture(List.of(new NodePlacement(sources.node(), replicas)));
  }

  private CompletionStage<Placement> placement(List<NodePlacement> nodes) {
    CompletionStage<List<PlacedNode>> told = CompletableFuture.completedFuture(List.of());
    for (var node : nodes) {
      told = told.thenCombine(told(node), PlacementApi::with);
    }
    return told.thenApply(
        all -> Placement.newBuilder().setNode(sources.node()).addAllNodes(all).build());
  }

  private CompletionStage<PlacedNode> told(NodePlacement node) {
    CompletionStage<List<PlacedReplica>> told = CompletableFuture.completedFuture(List.of());
    for (var replica : node.replicas()) {
      told =
          told.thenCombine(
              isInSync(node.name(), replica.ledger())
                  .thenApply(inSync -> Messages.placed(replica, nameOf(replica.ledger()), inSync)),
              PlacementApi::with);
    }
    return told.thenApply(
        replicas -> PlacedNode.newBuilder().setName(node.name()).addAllReplicas(replicas).build());
  }

  private String nameOf(LedgerId ledger) {
    return sources
        .hosted()
        .find(ledger.hex())
        .map(HostedLedger::summary)
        .or(
            () ->
                sources.replicas().ledgers().stream()
                    .filter(each -> each.id().equals(ledger))
                    .findFirst())
        .map(summary -> summary.name().text())
        .orElse("");
  }

  private CompletionStage<Boolean> isInSync(String node, LedgerId ledger) {
    var id = ledger.hex();
    if (!node.equals(sources.node())) {
      return CompletableFuture.completedFuture(
          sources.replicas().of(id).stream()
              .anyMatch(each -> each.node().equals(node) && each.inSync()));
    }
    var here = sources.hosted().find(id);
    return here.isEmpty() || !sources.replicas().isOwnInSync(id)
        ? CompletableFuture.completedFuture(false)
        : new Api(here.get(), parts).ready().thenApply(Readiness::isReady);
  }

  /** Only an order of the validator itself moves its replicas; anybody may bring it. */
  CompletionStage<MoveLedgerResponse> move(MoveOrder order, Signature signature) {
    return serving.within(
        "MoveLedger",
        parts.reads(),
        () -> {
          var shared =
              sources
                  .hosted()
                  .placement()
                  .orElseThrow(
                      () -> errors.refused("NODES_NOT_SHARED", "this is node " + sources.node()));
          if (!verifier.verifyVote(shared.validator(), order.digest(), signature)) {
            throw errors.refused(
                "MOVE_NOT_SIGNED", "the validator's key is " + shared.validator().hex());
          }
          return serving
              .answered(shared.move(order), parts.limits().answer())
              .thenApply(outcome -> moved(order, outcome));
        });
  }

  private MoveLedgerResponse moved(MoveOrder order, MoveOutcome outcome) {
    return switch (outcome) {
      case MoveOutcome.UnderWay(var from) -> moved(from, order.to(), false);
      case MoveOutcome.AlreadyThere() -> moved(order.to(), order.to(), true);
      case MoveOutcome.Refused(var code, var detail) -> throw errors.refused(code, detail);
    };
  }

  private static MoveLedgerResponse moved(String from, String to, boolean isThere) {
    return MoveLedgerResponse.newBuilder().setFrom(from).setTo(to).setAlreadyThere(isThere).build();
  }

  private static <T> List<T> with(List<T> before, T more) {
    var all = new ArrayList<>(before);
    all.add(more);
    return all;
  }
}
