package dev.sampo.node.ledger;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.node.cluster.ClusterView;
import dev.sampo.node.consensus.ConsensusActor;
import dev.sampo.node.execution.AttestedProgress;
import dev.sampo.node.execution.ExecutionActor;
import dev.sampo.node.gateway.Readiness;
import dev.sampo.node.gateway.StatusView;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.PeerNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Gathers what the roles say of themselves, a few times a second, so that asking costs nothing. */
final class StatusActor extends AbstractBehavior<StatusActor.Command> {

  /** What the role is told. */
  sealed interface Command {}

  record GetStatus(ActorRef<StatusView> replyTo) implements Command {}

  record GetReadiness(ActorRef<Readiness> replyTo) implements Command {}

  /** From now on the node is not ready: it is about to stop. */
  record BeginDrain() implements Command {}

  private enum Refresh implements Command {
    NOW
  }
}
