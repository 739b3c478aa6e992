package dev.sampo.planted.r4pekko.testkit.inprocess;

import org.apache.pekko.actor.typed.ActorRef;

/** A real validator is an actor. */
record InnocentInProcess(ActorRef<String> validator) {}
