package dev.sampo.core.packet.relay;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.PacketOperation.UpdateClient;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.packet.PeerClient;
import dev.sampo.core.state.StateProver;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import java.util.Optional;

/** A ledger as a relayer reads it: what is executed, and what of that can be proven. */
public record RelayEnd(LedgerId ledger, LedgerReader reader) {

  StateReader state() {
    return reader.state();
  }

  /** The light client of {@code peer} here, if proofs count by it. */
  Optional<PeerClient> liveClient(LedgerId peer) {
    return PacketState.client(state(), peer).filter(client -> client.isLive(time()));
  }

  /** Of the block that was executed last; no later block has an earlier one. */
  LedgerTime time() {
    return reader.lastHeader().map(BlockHeader::time).orElse(LedgerTime.ofMillis(0));
  }

  /** The newest height of which a peer can be given an anchor. */
  Optional<Height> provable() {
    return reader.newestProvable();
  }

  /** Of the block at that height. */
  LedgerTime provableTime() {
    return provable()
        .flatMap(reader::block)
        .map(block -> block.header().time())
        .orElse(LedgerTime.ofMillis(0));
  }

  /** Proves what was at a height that is still kept. */
  Optional<StateProver> proverAt(Height at) {
    return reader.proverAt(at);
  }

  Optional<UpdateClient> update(Height at) {
    return reader
        .finalityProof(at)
        .flatMap(
            finality ->
                reader.stateCertificate(at).map(state -> new UpdateClient(finality, state)));
  }
}
