package dev.sampo.node.ledger;

import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.execution.OutcomesActor;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.sync.SyncActor;
import org.apache.pekko.actor.typed.ActorRef;

/** The roles of one ledger on this node. */
record LedgerRoles(
    ActorRef<ConsensusActor.Command> consensus,
    ActorRef<MempoolActor.Command> mempool,
    ActorRef<SyncActor.Command> sync,
    ActorRef<ExecutionActor.Command> execution,
    ActorRef<OutcomesActor.Command> outcomes,
    ActorRef<StatusActor.Command> status) {}
