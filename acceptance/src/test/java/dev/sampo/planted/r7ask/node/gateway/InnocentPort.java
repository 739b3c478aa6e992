package dev.sampo.planted.r7ask.node.gateway;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;

/** What the edge needs from the ledger. */
public interface InnocentPort {
  /** One answer. */
  CompletionStage<String> answer(ActorRef<ActorRef<String>> role, Scheduler scheduler);
}
