package dev.sampo.node.ledger;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.gateway.BlockQuery;
import dev.sampo.node.gateway.BlockView;
import java.util.List;
import java.util.Optional;

/** Reads blocks for the gateway. */
final class BlockReads {

  private BlockReads() {}

  static Optional<BlockView> read(LedgerReader ledger, Genesis genesis, BlockQuery query) {
    return switch (query) {
      case BlockQuery.ByHeight(var height) -> atHeight(ledger, genesis, height);
      case BlockQuery.ByHash(var hash) ->
          hash.equals(genesis.block().hash())
              ? atHeight(ledger, genesis, Height.ZERO)
              : ledger.block(hash).flatMap(block -> atHeight(ledger, genesis, block.height()));
      case BlockQuery.Latest latest -> atHeight(ledger, genesis, ledger.lastExecuted());
    };
  }

  private static Optional<BlockView> atHeight(LedgerReader ledger, Genesis genesis, Height height) {
    var block =
        height.equals(Height.ZERO)
            ? Optional.of(OrderedBlock.inline(genesis.block()))
            : ledger.ordered(height);
    return block.map(
        found ->
            new BlockView(
                found,
                height.equals(Height.ZERO) ? List.of() : ledger.results(height),
                ledger.finalityProof(height),
                ledger.statement(height).map(StateAttest::stateRoot).orElse(Hash.ZERO),
                certifiedHeight(ledger).compareTo(height) >= 0));
  }

  static Height certifiedHeight(LedgerReader ledger) {
    return ledger
        .newestStateCertificate()
        .map(certificate -> certificate.statement())
        .filter(StateAttest.class::isInstance)
        .map(statement -> ((StateAttest) statement).height())
        .orElse(Height.ZERO);
  }
}
