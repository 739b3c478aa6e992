package dev.sampo.node.sync;

import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.PeerMessageCodec;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.sync.StoredBatches;
import dev.sampo.core.types.Height;
import dev.sampo.core.vote.Certificate;
import dev.sampo.node.gateway.FollowQuery;
import java.util.ArrayList;
import java.util.List;

/** Answers readers from the ledger's store, each within the bounds of its messages. Blocks. */
public final class FollowAnswers {

  private final LedgerReader ledger;
  private final FinalBlockSource blocks;
  private final StoredBatches batches;

  public FollowAnswers(TableReader store) {
    this.ledger = new LedgerReader(store);
    this.blocks = new FinalBlockSource(ledger);
    this.batches = new StoredBatches(store);
  }

  public List<PeerMessage> answer(FollowQuery query) {
    return switch (query) {
      case FollowQuery.Blocks(var from, var certifiedFrom) ->
          List.of(blocks.from(from), new StateCertificates(certificates(certifiedFrom)));
      case FollowQuery.Batches(var request) -> List.of(batches.answer(request));
    };
  }

  /** Those in order, and the newest, by which a reader knows how far the ledger is. */
  private List<Certificate> certificates(Height from) {
    var certificates =
        new ArrayList<>(ledger.stateCertificates(from, PeerMessageCodec.CERTIFICATES_MAX - 1));
    ledger
        .newestStateCertificate()
        .filter(newest -> !certificates.contains(newest))
        .ifPresent(certificates::add);
    return certificates;
  }
}
