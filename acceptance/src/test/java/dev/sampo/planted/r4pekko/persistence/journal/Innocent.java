package dev.sampo.planted.r4pekko.persistence.journal;

import org.apache.pekko.actor.typed.ActorRef;

/** The journal is a plug-in of Pekko. */
record Innocent(ActorRef<String> owner) {}
