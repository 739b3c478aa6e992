package dev.sampo.planted.r4pekko.persistence.store;

import org.apache.pekko.actor.typed.ActorRef;

/** A store that knows an actor. */
record Offender(ActorRef<String> owner) {}
