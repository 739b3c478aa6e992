package dev.sampo.node.ledger;

import dev.sampo.persistence.journal.PromiseJournal;
import dev.sampo.persistence.store.NodeStore;
import java.util.ArrayList;
import java.util.List;

/** The ledgers whose stores this node has open; closed after the actors that use them. */
public final class OpenLedgers implements AutoCloseable {

  /** A ledger, and the store of this node's replica. */
  public record OpenLedger(LedgerSettings settings, NodeStore store) {

    LedgerParts.Storage storage() {
      var ledger = settings.genesis().ledgerId();
      return new LedgerParts.Storage(
          store.ledger(), recovered -> PromiseJournal.create(ledger, recovered), store::syncCount);
    }
  }

  private final List<OpenLedger> ledgers = new ArrayList<>();

  /** {@code first} is the ledger of the whole network. */
  public OpenLedgers(OpenLedger first) {
    ledgers.add(first);
  }

  /** In the order in which they were opened. */
  public synchronized List<OpenLedger> all() {
    return List.copyOf(ledgers);
  }

  @Override
  public synchronized void close() {
    ledgers.forEach(each -> each.store().close());
    ledgers.clear();
  }
}
