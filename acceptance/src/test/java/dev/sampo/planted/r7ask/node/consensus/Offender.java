package dev.sampo.planted.r7ask.node.consensus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Waits for another actor. */
final class Offender {
  CompletionStage<String> answer(ActorRef<ActorRef<String>> role, Scheduler scheduler) {
    return AskPattern.ask(role, replyTo -> replyTo, Duration.ofSeconds(1), scheduler);
  }
}
