package dev.sampo.node.consensus;

import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.Outbound;
import dev.sampo.node.sync.SyncActor;
import org.apache.pekko.actor.typed.ActorRef;

/** Whom the consensus role speaks to. */
public record ConsensusRoles(
    Outbound outbound,
    ActorRef<MempoolActor.Command> mempool,
    ActorRef<ExecutionActor.Command> execution,
    ActorRef<SyncActor.Command> sync) {}
