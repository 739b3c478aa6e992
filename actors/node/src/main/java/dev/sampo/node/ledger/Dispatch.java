package dev.sampo.node.ledger;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.ConsensusMessage;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.PeerMessage.MempoolMessage;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.message.Verified;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.sync.SyncActor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/** Gives each checked message to the role that it is for. */
record Dispatch(LedgerRoles roles) {

  ActorRef<ConsensusActor.Command> consensus() {
    return roles.consensus();
  }

  /** Completes once the role has handled the message. */
  CompletionStage<Done> hand(
      ValidatorIndex sender, View lastFinal, Verified<? extends PeerMessage> verified) {
    var handled = new CompletableFuture<Done>();
    switch (verified.message()) {
      case ConsensusMessage message ->
          roles
              .consensus()
              .tell(new ConsensusActor.Deliver(sender, lastFinal, verified.as(message), handled));
      case MempoolMessage message ->
          roles.mempool().tell(new MempoolActor.Deliver(sender, verified.as(message), handled));
      case BatchRequest request ->
          roles.sync().tell(new SyncActor.ServeBatches(sender, request, handled));
      case FinalBlocks blocks ->
          roles.sync().tell(new SyncActor.TakeAnswer(sender, verified.as(blocks), handled));
      case FinalBlocksRequest request ->
          roles.sync().tell(new SyncActor.Serve(sender, request, handled));
      case Attestation(var vote) ->
          roles.execution().tell(new ExecutionActor.TakeAttestation(vote, handled));
      case StateCertificates(var certificates) ->
          roles.execution().tell(new ExecutionActor.TakeCertificates(certificates, handled));
    }
    return handled;
  }
}
