package dev.sampo.testkit.ledger;

import dev.sampo.core.block.Block;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.Optional;

/** What one running validator has executed, read from its own store. */
public record ValidatorView(int validator, LedgerReader ledger) {

  public Height height() {
    return ledger.lastExecuted();
  }

  /** The receipt of a transaction that it has executed. */
  public Optional<Receipt> receipt(TransactionId id) {
    return ledger.receipt(id);
  }

  public StateReader state() {
    return ledger.state();
  }

  /** The root of the state after a block that it has executed. */
  public Optional<Hash> stateRoot(Height height) {
    return ledger.statement(height).map(StateAttest::stateRoot);
  }

  /** The hash of a block that it holds final. */
  public Optional<Hash> blockHash(Height height) {
    return ledger.block(height).map(Block::hash);
  }
}
