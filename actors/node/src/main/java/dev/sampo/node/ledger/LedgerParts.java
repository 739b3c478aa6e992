package dev.sampo.node.ledger;

import dev.sampo.core.store.LedgerStore;
import dev.sampo.node.consensus.JournalFactory;
import dev.sampo.node.peer.LedgerFrames;
import dev.sampo.node.peer.PeerNetwork;
import dev.sampo.node.peer.Seats;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a copy of a ledger's replica is put together from.
 *
 * @param fence takes the failures of the roles
 */
record LedgerParts(
    LedgerSettings settings,
    Links links,
    Storage storage,
    MeterRegistry registry,
    WriterFence fence) {

  /** The peer links, which all ledgers of a node share. */
  record Links(ActorRef<PeerNetwork.Command> network, LedgerFrames frames, Seats seats) {}

  /**
   * The disk.
   *
   * @param syncs how many synced writes there were since the store was opened
   * @param cachedBytes what the store holds in the heap of records that were used lately
   * @param writerEpoch under which the copy writes (protocol V1)
   * @param everLost whether it was made in place of one that was lost (RE1)
   */
  record Storage(
      LedgerStore store,
      JournalFactory journal,
      LongSupplier syncs,
      LongSupplier cachedBytes,
      long writerEpoch,
      boolean everLost) {}
}
