package dev.sampo.planted.r4pekko.simulation.world;

import org.apache.pekko.actor.typed.ActorRef;

/** A simulated validator that is an actor. */
record OffenderInTheWorld(ActorRef<String> validator) {}
