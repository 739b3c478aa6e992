package dev.sampo.node.execution;

import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.Outbound;
import org.apache.pekko.actor.typed.ActorRef;

/** Whom the execution role speaks to. */
public record ExecutionRoles(
    Outbound outbound,
    ActorRef<MempoolActor.Command> mempool,
    ActorRef<OutcomesActor.Command> outcomes) {}
