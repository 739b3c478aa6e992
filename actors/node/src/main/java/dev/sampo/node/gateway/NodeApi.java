package dev.sampo.node.gateway;

import dev.sampo.client.v1.HostLedgerResponse;
import dev.sampo.client.v1.ListLedgersResponse;
import dev.sampo.client.v1.ListedLedger;
import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.CharterFault;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The operations of the API on the node itself, the same for gRPC and HTTP. */
final class NodeApi {

  private final HostedLedgers hosted;
  private final Replicas replicas;
  private final boolean forwards;
  private final SignatureVerifier verifier;
  private final ApiParts parts;
  private final Errors errors;
  private final Serving serving;

  NodeApi(Gateway.Sources sources, SignatureVerifier verifier, ApiParts parts) {
    this.hosted = sources.hosted();
    this.replicas = sources.replicas();
    this.forwards = sources.forwards();
    this.verifier = verifier;
    this.parts = parts;
    this.errors = parts.errors();
    this.serving = new Serving(Serving.NO_LEDGER, parts);
  }

  /** What the node hosts; of one that can host nothing, all that it can forward to. */
  CompletionStage<ListLedgersResponse> list() {
    return serving.within(
        "ListLedgers",
        parts.reads(),
        () -> {
          CompletionStage<List<ListedLedger>> listed =
              now(hosted.isForwardingOnly() ? elsewhere() : List.of());
          for (var each : hosted.list()) {
            listed =
                listed.thenCombine(
                    new Api(each, parts).ready(),
                    (before, ready) -> with(before, Messages.listed(each.summary(), ready)));
          }
          return listed.thenApply(
              all -> ListLedgersResponse.newBuilder().addAllLedgers(all).build());
        });
  }

  /** {@code charter}: the encoding; whoever reads it from a client holds a slot meanwhile. */
  CompletionStage<HostLedgerResponse> host(Bytes charter) {
    return serving.measured(
        "HostLedger",
        () ->
            serving
                .answered(hosted.host(binding(charter)), parts.limits().answer())
                .thenApply(this::hosted));
  }

  private HostLedgerResponse hosted(HostOutcome outcome) {
    return switch (outcome) {
      case HostOutcome.Hosted(var ledger) -> Messages.hosted(ledger, false);
      case HostOutcome.AlreadyHosted(var ledger) -> Messages.hosted(ledger, true);
      case HostOutcome.Refused(var code, var detail) -> throw errors.refused(code, detail);
    };
  }

  /** Throws {@link Refused} if the charter does not bind, or if no engine can serve its ledger. */
  private LedgerCharter binding(Bytes encoded) {
    var charter = decoded(encoded);
    var faults = charter.faults(verifier);
    if (!faults.isEmpty()) {
      throw errors.refused(
          "CHARTER_NOT_CONSENTED",
          faults.stream().map(CharterFault::text).collect(Collectors.joining("; ")));
    }
    ConsensusEngines.fault(charter.genesis())
        .ifPresent(
            fault -> {
              throw errors.refused("LEDGER_UNSUPPORTED", fault);
            });
    return charter;
  }

  private LedgerCharter decoded(Bytes encoded) {
    if (encoded.length() > LedgerCharter.ENCODED_BYTES_MAX) {
      throw errors.refused(
          "CHARTER_TOO_LARGE",
          encoded.length() + " bytes, at most " + LedgerCharter.ENCODED_BYTES_MAX);
    }
    try {
      return LedgerCharter.decode(encoded);
    } catch (Malformed malformed) {
      throw errors.refused("CHARTER_MALFORMED", String.valueOf(malformed.getMessage()));
    }
  }

  private List<ListedLedger> elsewhere() {
    return replicas.ledgers().stream()
        .map(ledger -> Messages.listed(ledger, new Readiness(reasonsOf(ledger))))
        .toList();
  }

  private List<String> reasonsOf(LedgerSummary ledger) {
    boolean canServe = replicas.of(ledger.id().hex()).stream().anyMatch(RemoteReplica::inSync);
    return canServe ? List.of() : List.of(ledger.name() + ": no replica in sync is known");
  }

  /** A node that hosts nothing is ready if it can forward to a replica of each ledger. */
  private Readiness readyToForward() {
    var ledgers = replicas.ledgers();
    return ledgers.isEmpty()
        ? new Readiness(List.of("no node that hosts a ledger is known"))
        : new Readiness(ledgers.stream().flatMap(each -> reasonsOf(each).stream()).toList());
  }

  /** Ready if every ledger is; with several, each reason says which one it is about. */
  CompletionStage<Readiness> ready() {
    var all = hosted.list();
    if (all.isEmpty() && forwards) {
      return CompletableFuture.completedFuture(readyToForward());
    }
    CompletionStage<List<String>> reasons = now(List.of());
    for (var each : all) {
      var prefix = all.size() == 1 ? "" : each.summary().name() + ": ";
      reasons =
          reasons.thenCombine(
              new Api(each, parts).ready(),
              (before, ready) ->
                  with(before, ready.reasons().stream().map(prefix::concat).toList()));
    }
    return reasons.thenApply(Readiness::new);
  }

  private static <T> List<T> with(List<T> before, T more) {
    return with(before, List.of(more));
  }

  private static <T> List<T> with(List<T> before, List<T> more) {
    var all = new ArrayList<>(before);
    all.addAll(more);
    return List.copyOf(all);
  }

  private static <T> CompletionStage<List<T>> now(List<T> value) {
    return CompletableFuture.completedFuture(value);
  }
}
