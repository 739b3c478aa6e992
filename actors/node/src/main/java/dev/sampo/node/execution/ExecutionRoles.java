package dev.sampo.node.execution;

import org.apache.pekko.actor.typed.ActorRef;

/** Whom the execution role speaks to. */
public record ExecutionRoles(BlockFeed feed, ActorRef<OutcomesActor.Command> outcomes) {}
