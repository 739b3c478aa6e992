package dev.sampo.persistence.store;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Where a validator keeps its replicas. Every call may block. */
public interface ReplicaStores {

  /**
   * The charter of each ledger that is hosted by one, as it was given. The network's first ledger
   * has none.
   *
   * @param bytesMax no charter is longer: what is, is damaged
   * @throws IOException if one cannot be read
   */
  Map<LedgerId, Bytes> charters(int bytesMax) throws IOException;

  /**
   * Makes the replica of a ledger that this validator has no charter of. When this returns it is
   * there for good.
   *
   * @throws IOException if there is a charter already, or the replica cannot be made
   */
  void create(LedgerId ledger, Bytes charter) throws IOException;

  /**
   * Opens a replica that was made before, and makes its caller the one writer (protocol V1): the
   * writer epoch goes up durably before anything is read, and writes of all older writers fail.
   *
   * @param memory shared with the other stores of the process, and closed after them
   * @param onFailure called once, at the first failed write, sync or read, by the thread that met
   *     it, with a {@link StaleWriter} if another writer has taken over; must neither block nor
   *     close the store
   * @throws RefusedStart with every fault that can be found without changing anything
   */
  NodeStore open(LedgerId ledger, StoreMemory memory, Consumer<Throwable> onFailure)
      throws RefusedStart;
}
