package dev.sampo.node;

import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.node.gateway.HostOutcome;
import dev.sampo.node.gateway.HostedLedger;
import dev.sampo.node.gateway.HostedLedgers;
import dev.sampo.node.gateway.LedgerAccess;
import dev.sampo.node.gateway.LedgerSummary;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Of a node that hosts the one ledger that it was started with. */
final class SoleLedger implements HostedLedgers {

  private static final LedgerName NAME = new LedgerName("main");

  private final HostedLedger ledger;

  SoleLedger(Genesis genesis, LedgerAccess access) {
    ledger = new HostedLedger(LedgerSummary.of(NAME, genesis, true), access);
  }

  @Override
  public Optional<HostedLedger> find(String named) {
    boolean isMeant =
        named.isEmpty() || named.equals(NAME.text()) || named.equals(ledger.summary().id().hex());
    return isMeant ? Optional.of(ledger) : Optional.empty();
  }

  @Override
  public List<HostedLedger> list() {
    return List.of(ledger);
  }

  @Override
  public CompletionStage<HostOutcome> host(LedgerCharter charter) {
    boolean isThis =
        charter.name().equals(NAME) && charter.genesis().ledgerId().equals(ledger.summary().id());
    return CompletableFuture.completedFuture(
        isThis
            ? new HostOutcome.AlreadyHosted(ledger.summary())
            : new HostOutcome.Refused("HOSTING_UNSUPPORTED", "it hosts " + NAME + " alone"));
  }
}
