package dev.sampo.core.execution;

import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/** Finds executed transactions that the ledger still remembers (7.14). */
@FunctionalInterface
public interface LiveTransactions {

  /** The transaction with this dedupe key, as the set stands in a block with {@code blockTime}. */
  Optional<LiveTransaction> find(Hash dedupeKey, LedgerTime blockTime);

  /** Reads a ledger's tables; as thread-safe as the reader. */
  static LiveTransactions of(EntryReader tables) {
    return (key, blockTime) -> stored(tables, key).filter(entry -> entry.isRememberedAt(blockTime));
  }

  /** The row of this dedupe key, which may be one that is forgotten and not yet deleted. */
  static Optional<LiveTransaction> stored(EntryReader tables, Hash dedupeKey) {
    return tables
        .get(Table.DEDUPE, LedgerRows.liveTransaction(dedupeKey))
        .map(stored -> LedgerRows.stored(stored, LiveTransaction::decode));
  }
}
