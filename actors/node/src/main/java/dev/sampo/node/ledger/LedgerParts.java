package dev.sampo.node.ledger;

import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.JournalFactory;
import dev.sampo.node.peer.PeerAddress;
import dev.sampo.node.peer.PeerTls;
import dev.sampo.node.supervision.FailStop;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** What a ledger's replica is put together from. */
public record LedgerParts(
    NodeSettings settings,
    Links links,
    Storage storage,
    MeterRegistry registry,
    FailStop failStop) {

  /** The key of the peer links, and where the other validators accept them. */
  public record Links(PeerTls tls, SortedMap<ValidatorIndex, PeerAddress> addresses) {}

  /**
   * The disk.
   *
   * @param syncs how many synced writes there were since the node started
   */
  public record Storage(LedgerStore store, JournalFactory journal, LongSupplier syncs) {}
}
