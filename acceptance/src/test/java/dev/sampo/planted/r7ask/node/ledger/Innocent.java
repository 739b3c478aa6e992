package dev.sampo.planted.r7ask.node.ledger;

import dev.sampo.planted.r7ask.node.gateway.InnocentPort;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Asks on behalf of the edge. */
final class Innocent implements InnocentPort {
  @Override
  public CompletionStage<String> answer(ActorRef<ActorRef<String>> role, Scheduler scheduler) {
    return AskPattern.ask(role, replyTo -> replyTo, Duration.ofSeconds(1), scheduler);
  }
}
