package dev.sampo.node.ledger;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.Envelope;
import dev.sampo.core.message.MessageVerifier;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.sync.SyncActor;
import dev.sampo.node.verification.VerdictCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;

/**
 * Takes frames from peer links to the roles: decodes them and checks every signature on the worker
 * pool. The stage it returns completes once the role has handled the message, so that a link reads on
 * only then: no mailbox can be flooded by a peer.
 */
final class Inbound {
}
