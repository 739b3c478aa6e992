package dev.sampo.node.gateway;

import dev.sampo.core.genesis.LedgerCharter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a node hosts that has no validator: nothing, whatever charters it is brought. */
public final class NoLedgers implements HostedLedgers {

  @Override
  public Optional<HostedLedger> find(String ledger) {
    return Optional.empty();
  }

  @Override
  public List<HostedLedger> list() {
    return List.of();
  }

  @Override
  public boolean isForwardingOnly() {
    return true;
  }

  @Override
  public CompletionStage<HostOutcome> host(LedgerCharter charter) {
    return CompletableFuture.completedFuture(
        new HostOutcome.Refused("NOT_ON_COMMITTEE", "this node is a gateway and has no validator"));
  }
}
